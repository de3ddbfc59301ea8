// These tests wait for databases and pages far more than they compute: eight at a time take a quarter of the time
// that one per core would.
[assembly: CollectionBehavior(MaxParallelThreads = 8, ParallelAlgorithm = Xunit.Sdk.ParallelAlgorithm.Aggressive)]
