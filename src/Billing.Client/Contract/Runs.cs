namespace Billing.Client.Contract;

/// <summary>A billing run, under way or over.</summary>
/// <param name="Id">Our id.</param>
/// <param name="AsOf">What was due by then is done; ISO instant, UTC.</param>
/// <param name="StartedBy"><c>schedule</c>, <c>operator</c>, <c>key:name</c>.</param>
/// <param name="State"><c>running</c>, <c>finished</c>, <c>interrupted</c>, <c>failed</c>.</param>
/// <param name="StartedAt">By the wall clock.</param>
/// <param name="FinishedAt">By the wall clock.</param>
/// <param name="Error">What ended it, when it failed.</param>
/// <param name="Passes">Its passes so far, with their progress; left out in lists.</param>
public sealed record RunView(
    Guid Id, string AsOf, string StartedBy, string State, string StartedAt, string? FinishedAt, string? Error,
    IReadOnlyList<RunPassView>? Passes = null);

/// <summary>The progress of one pass.</summary>
/// <param name="Name"><c>notices in</c>, <c>resolve</c>, <c>announce price moves</c>, <c>breaks</c>, <c>renew</c>, <c>expired cards</c>,
/// <c>card news</c>, <c>collect</c>, <c>refund</c>, <c>dunning</c>, <c>look back</c>, <c>reconcile</c>, <c>close the day</c>, <c>notices</c>,
/// <c>deliver</c>, <c>publish</c>, <c>webhooks</c>.</param>
/// <param name="Due">How many were due when it began; catching up may find more.</param>
/// <param name="Done">How many are done.</param>
/// <param name="ToGo">How many are left, as far as is known.</param>
/// <param name="SetAside">How many want a person's look.</param>
/// <param name="Milliseconds">How long it has taken.</param>
/// <param name="PerSecond">Done a second.</param>
public sealed record RunPassView(string Name, int Due, int Done, int ToGo, int SetAside, long Milliseconds, long PerSecond);

/// <summary>An item the run could not do; it is tried again by itself, and at once when asked.</summary>
/// <param name="Pass">The pass that failed on it.</param>
/// <param name="SubjectId">The subscription, invoice or attempt.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Failures">How often.</param>
/// <param name="FirstFailedAt">ISO instant, UTC.</param>
/// <param name="LastFailedAt">ISO instant, UTC.</param>
/// <param name="RetryAt">When the run takes it up again.</param>
public sealed record SetAsideView(
    string Pass, Guid SubjectId, string Error, int Failures, string FirstFailedAt, string LastFailedAt, string RetryAt);

/// <summary>How many set-aside items the next run takes up again.</summary>
/// <param name="Items">The number.</param>
public sealed record RetriedView(int Items);

/// <summary>Where the sandbox's clock is to go; one of the two. It never goes back.</summary>
/// <param name="To">ISO instant, UTC; at most 400 days ahead.</param>
/// <param name="Days">Days of 24 hours; 1 to 400.</param>
public sealed record ClockAdvance(string? To = null, int? Days = null);

/// <summary>The sandbox's clock.</summary>
/// <param name="Now">What time it is in the house; ISO instant, UTC.</param>
/// <param name="AheadSeconds">How far that is ahead of the wall clock.</param>
/// <param name="Runs">Billing runs made on the way, when it was just moved.</param>
public sealed record ClockView(string Now, long AheadSeconds, int? Runs = null);
