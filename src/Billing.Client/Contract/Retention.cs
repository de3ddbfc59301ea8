namespace Billing.Client.Contract;

/// <summary>What became of those who looked at leaving, of breaks, and how hard customers found it.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Reasons">Sessions of leaving that ended in these days, by reason.</param>
/// <param name="Offers">What was shown in them, by kind.</param>
/// <param name="Breaks">Breaks that began in these days, by where they were asked for.</param>
/// <param name="Effort">What customers said in these days, by what they did.</param>
public sealed record RetentionReportView(
    string From, string To, IReadOnlyList<ReasonFigureView> Reasons, IReadOnlyList<OfferFigureView> Offers, IReadOnlyList<BreakFigureView> Breaks,
    IReadOnlyList<EffortView> Effort);

/// <summary>Sessions with one reason.</summary>
/// <param name="Reason">Its code; <see langword="null"/> when none was given.</param>
/// <param name="Sessions">How many ended.</param>
/// <param name="LeftNow">Left at once.</param>
/// <param name="LeftAtPeriodEnd">Leave when what is paid for is used up.</param>
/// <param name="TookOffer">Took what was offered.</param>
/// <param name="Stayed">Stayed without it.</param>
/// <param name="Abandoned">Closed the page.</param>
public sealed record ReasonFigureView(string? Reason, int Sessions, int LeftNow, int LeftAtPeriodEnd, int TookOffer, int Stayed, int Abandoned);

/// <summary>One kind of offer.</summary>
/// <param name="Kind"><c>break</c>, <c>smaller_plan</c>, <c>discount</c>, <c>later_payment_day</c> or <c>talk</c>.</param>
/// <param name="Shown">In how many sessions.</param>
/// <param name="Taken">In how many it was taken.</param>
/// <param name="After30">Of those who took it, 30 days later.</param>
/// <param name="After90">90 days later.</param>
public sealed record OfferFigureView(string Kind, int Shown, int Taken, SavedView After30, SavedView After90);

/// <summary>Breaks asked for in one place.</summary>
/// <param name="AskedHow"><c>customer</c>, <c>support</c>, <c>leaving</c> or <c>dunning</c>.</param>
/// <param name="Breaks">How many began.</param>
/// <param name="Away">Still away.</param>
/// <param name="Returned">Came back.</param>
/// <param name="Lost">Left while away.</param>
/// <param name="After30">Of those that ended, 30 days after that.</param>
/// <param name="After90">90 days after that.</param>
public sealed record BreakFigureView(string AskedHow, int Breaks, int Away, int Returned, int Lost, SavedView After30, SavedView After90);

/// <summary>Who is still a customer after some days.</summary>
/// <param name="Matured">Of how many the days have passed.</param>
/// <param name="StillHere">Of them, still subscribed.</param>
/// <param name="ShareBasisPoints">The one by the other; <see langword="null"/> when fewer than ten have matured.</param>
public sealed record SavedView(int Matured, int StillHere, int? ShareBasisPoints);

/// <summary>How hard one kind of act was.</summary>
/// <param name="Act">What the customer did.</param>
/// <param name="Answers">How many said.</param>
/// <param name="AverageHundredths">From 100 (very hard) to 700 (very easy); <see langword="null"/> when fewer than ten said.</param>
/// <param name="Complaints">How many said 1 or 2.</param>
public sealed record EffortView(string Act, int Answers, int? AverageHundredths, int Complaints);
