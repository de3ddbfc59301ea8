namespace Billing.Client.Contract;

/// <summary>How a customer stands with a payment that failed: what happens next and why, and what the card is watched for.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Exempt">Whether nobody asks this customer by itself.</param>
/// <param name="Case">What is being asked for, or rests parked; none when nothing is.</param>
/// <param name="Watches">Watches over expired cards, newest first.</param>
/// <param name="NotTried">Why cards were not tried lately, newest first.</param>
public sealed record DunningView(
    Guid CustomerId, bool Exempt, DunningCaseView? Case, IReadOnlyList<CardWatchView> Watches, IReadOnlyList<NotTriedView> NotTried);

/// <summary>All open invoices of one customer while they are asked for.</summary>
/// <param name="Id">Our id.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="State"><c>open</c>, <c>parked</c>, <c>recovered</c>, <c>settled</c>, <c>paused</c>, <c>moved_down</c>, <c>left</c>,
/// <c>forgiven</c>, <c>stopped</c>, <c>returned</c> or <c>ended</c>.</param>
/// <param name="Ladder">The class of decline it climbs for: <c>soft</c>, <c>expired</c>, <c>needs_new_card</c> …</param>
/// <param name="Code">The bank's word that chose it.</param>
/// <param name="PolicyVersion">The policy it keeps.</param>
/// <param name="OpenedOn">ISO date.</param>
/// <param name="NextStep"><c>retry</c>, <c>write</c>, <c>wait</c>, <c>park</c> or <c>end</c>; none once closed.</param>
/// <param name="NextAt">ISO instant, UTC.</param>
/// <param name="NextWhy">Why that, and why then.</param>
/// <param name="Failed">What failed to be paid.</param>
/// <param name="Recovered">What arrived since.</param>
/// <param name="Retries">Silent tries of its ladder.</param>
/// <param name="Contacts">Messages.</param>
/// <param name="PromisedOn">The day the customer chose to pay on.</param>
/// <param name="Promises">How often one was chosen.</param>
/// <param name="PromisesBroken">How many were not kept.</param>
/// <param name="GraceUntil">Support said: nothing before.</param>
/// <param name="ParkedOn">ISO date.</param>
/// <param name="Route">How the money came: <c>silent_retry</c>, <c>retry_after_message</c>, <c>card_healed</c>, <c>new_card</c>,
/// <c>backup_card</c>, <c>promise</c> or <c>paid_now</c>.</param>
/// <param name="ClosedOn">ISO date.</param>
/// <param name="ClosedWhy">Why it closed.</param>
public sealed record DunningCaseView(
    Guid Id, Guid CustomerId, string State, string Ladder, string Code, int PolicyVersion, string OpenedOn, string? NextStep, string? NextAt,
    string? NextWhy, Amount Failed, Amount Recovered, int Retries, int Contacts, string? PromisedOn, int Promises, int PromisesBroken,
    string? GraceUntil, string? ParkedOn, string? Route, string? ClosedOn, string? ClosedWhy);

/// <summary>The quiet care for a card whose date has passed.</summary>
/// <param name="Id">Our id.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="CardId">Which card.</param>
/// <param name="State"><c>quiet</c>, <c>healed</c>, <c>asked</c>, <c>replaced</c> or <c>exhausted</c>.</param>
/// <param name="ExpiredOn">The last day it was valid.</param>
/// <param name="QuietDays">Days after it in which nobody writes.</param>
/// <param name="QuietFrom">Whose history says so: <c>country_and_brand</c>, <c>overall</c> or <c>default</c>.</param>
/// <param name="QuietWords">The figures behind it.</param>
/// <param name="QuietUntil">The first day a note may be written; none before a decline.</param>
/// <param name="AskedOn">The day of the note.</param>
/// <param name="EndedOn">The day it ended.</param>
/// <param name="Evidence"><c>charged_after_date</c>, <c>network_update</c>, <c>card_put_in</c> or <c>case_ended</c>.</param>
public sealed record CardWatchView(
    Guid Id, Guid CustomerId, Guid CardId, string State, string ExpiredOn, int QuietDays, string QuietFrom, string QuietWords,
    string? QuietUntil, string? AskedOn, string? EndedOn, string? Evidence);

/// <summary>A card that was not tried, and why.</summary>
/// <param name="On">ISO date.</param>
/// <param name="Why">In words.</param>
public sealed record NotTriedView(string On, string Why);

/// <summary>Pays what is open now.</summary>
/// <param name="CardId">With which of the customer's cards, which is charged from then on; the usual one when left out.</param>
public sealed record PayNow(Guid? CardId = null);

/// <summary>A day to pay: until its morning nothing is asked.</summary>
/// <param name="Day">ISO date.</param>
public sealed record DayToPay(string Day);

/// <summary>Time that support gives.</summary>
/// <param name="Until">ISO date; nothing happens before.</param>
/// <param name="Reason">Why.</param>
public sealed record Grace(string Until, string Reason);

/// <summary>Something support does, and why.</summary>
/// <param name="Reason">Why.</param>
public sealed record SupportAct(string Reason);

/// <summary>Whether a customer is asked for money by itself.</summary>
/// <param name="Exempt">No messages, and access stays.</param>
/// <param name="Reason">Why.</param>
public sealed record Exemption(bool Exempt, string Reason);

/// <summary>A quiet time and the survival curve it rests on.</summary>
/// <param name="Country">ISO 3166; none for all.</param>
/// <param name="Brand">The card's; none for all.</param>
/// <param name="Days">Days after expiry.</param>
/// <param name="From"><c>country_and_brand</c>, <c>overall</c> or <c>default</c>.</param>
/// <param name="Words">Why so many.</param>
/// <param name="Cards">How many cards the curve rests on.</param>
/// <param name="Curve">How they healed.</param>
public sealed record QuietTimeView(
    string? Country, string? Brand, int Days, string From, string Words, int Cards, IReadOnlyList<CurveStepView> Curve);

/// <summary>A step of a survival curve.</summary>
/// <param name="Day">Days after expiry.</param>
/// <param name="AtRisk">Cards not healed and still seen that morning.</param>
/// <param name="Healed">Cards that healed on it.</param>
/// <param name="StillWaitingPerMille">Of a thousand, so many wait on.</param>
public sealed record CurveStepView(int Day, int AtRisk, int Healed, int StillWaitingPerMille);

/// <summary>A version of the dunning policy.</summary>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="PublishedAt">ISO instant, UTC.</param>
/// <param name="PublishedBy">Who.</param>
/// <param name="Policy">The policy as JSON text.</param>
public sealed record DunningPolicyView(int Version, string PublishedAt, string PublishedBy, string Policy);

/// <summary>A policy to be published; cases that are open keep theirs.</summary>
/// <param name="Policy">The policy as JSON text.</param>
public sealed record NewDunningPolicy(string Policy);
