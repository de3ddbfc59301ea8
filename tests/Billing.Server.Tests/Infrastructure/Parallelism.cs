// Eight classes at a time: these tests wait for databases and pages as much as they compute. No more than eight are begun before
// others have ended, so that no more houses, pages and databases are open at once than are being worked in.
[assembly: CollectionBehavior(MaxParallelThreads = 8, ParallelAlgorithm = Xunit.Sdk.ParallelAlgorithm.Conservative)]
