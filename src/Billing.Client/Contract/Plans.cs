namespace Billing.Client.Contract;

/// <summary>A plan to make; its prices are set afterwards.</summary>
/// <param name="Code">Your short name for it, unique, for life: lower-case letters, digits, <c>-</c> and <c>_</c>; 60 at most.</param>
/// <param name="Name">What the customer reads.</param>
/// <param name="Pricing"><c>flat</c> or <c>per_seat</c>.</param>
/// <param name="TrialDays">Days of trial of a new subscription; 0 to 365.</param>
public sealed record NewPlan(string Code, string Name, string Pricing = "flat", int TrialDays = 0);

/// <summary>A plan.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Code">Your short name.</param>
/// <param name="Name">What the customer reads.</param>
/// <param name="Pricing"><c>flat</c> or <c>per_seat</c>.</param>
/// <param name="TrialDays">Days of trial.</param>
/// <param name="CreatedAt">ISO instant, UTC.</param>
/// <param name="RetiredAt">When it stopped being sold.</param>
/// <param name="Version">The <c>ETag</c>.</param>
public sealed record PlanView(
    Guid Id, string Code, string Name, string Pricing, int TrialDays, string CreatedAt, string? RetiredAt, int Version) : IVersionedView;

/// <summary>A price to set for one currency and cadence: those who start from now on pay it.</summary>
/// <param name="UnitAmount">A period: of the plan when flat, of one seat when per seat. Zero is free.</param>
/// <param name="Cadence">How often it is billed.</param>
public sealed record NewPrice(Amount UnitAmount, CadenceView Cadence);

/// <summary>One price version; it never changes.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Plan">The plan's code.</param>
/// <param name="UnitAmount">A period, of the plan or of one seat.</param>
/// <param name="Cadence">How often it is billed.</param>
/// <param name="VersionNumber">1, 2, 3 … within plan, currency and cadence; the highest is sold.</param>
/// <param name="CreatedAt">ISO instant, UTC.</param>
public sealed record PriceView(Guid Id, string Plan, Amount UnitAmount, CadenceView Cadence, int VersionNumber, string CreatedAt);

/// <summary>A move of a plan's existing customers to its newest price: whoever pays an older one is told, and may leave before.</summary>
/// <param name="Currency">Of the price.</param>
/// <param name="Cadence">Of the price.</param>
/// <param name="From">The first day that can cost the new price: ISO date, 30 to 730 days from today (UTC).</param>
public sealed record NewPriceMove(string Currency, CadenceView Cadence, string From);

/// <summary>A planned move of a plan's existing customers to a newer price.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Plan">The plan's code.</param>
/// <param name="Cadence">Of the price.</param>
/// <param name="PriceId">The price version everybody moves to.</param>
/// <param name="UnitAmount">Its amount a period, of the plan or of one seat.</param>
/// <param name="From">The first day that can cost the new price; for whoever is told late, it is later.</param>
/// <param name="Announced">How many subscriptions were told so far.</param>
/// <param name="CreatedAt">ISO instant, UTC.</param>
/// <param name="BegunAt">When the first period at the new price was billed; from then on it is not taken back.</param>
/// <param name="WithdrawnAt">When it was taken back.</param>
/// <param name="Version">The <c>ETag</c>.</param>
public sealed record PriceMoveView(
    Guid Id, string Plan, CadenceView Cadence, Guid PriceId, Amount UnitAmount, string From, int Announced, string CreatedAt,
    string? BegunAt, string? WithdrawnAt, int Version) : IVersionedView;

/// <summary>A discount to make: a percentage or an amount, never both.</summary>
/// <param name="Code">Your short name for it, unique, for life; as for a plan.</param>
/// <param name="Name">What the customer reads on the invoice.</param>
/// <param name="PercentBasisPoints">Hundredths of a percent: 2000 is 20 %; 1 to 10000.</param>
/// <param name="Amount">An amount a period, above zero.</param>
/// <param name="Periods">Billed periods it lasts, 1 to 120; for ever when left out.</param>
public sealed record NewDiscount(string Code, string Name, int? PercentBasisPoints = null, Amount? Amount = null, int? Periods = null);

/// <summary>A discount.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Code">Your short name.</param>
/// <param name="Name">What the customer reads.</param>
/// <param name="PercentBasisPoints">Hundredths of a percent, if it is a percentage.</param>
/// <param name="Amount">A period, if it is an amount.</param>
/// <param name="Periods">Billed periods it lasts; for ever when <see langword="null"/>.</param>
/// <param name="CreatedAt">ISO instant, UTC.</param>
public sealed record DiscountView(
    Guid Id, string Code, string Name, int? PercentBasisPoints, Amount? Amount, int? Periods, string CreatedAt);
