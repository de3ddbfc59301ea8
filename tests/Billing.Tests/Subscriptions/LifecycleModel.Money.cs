using Billing.Invoicing;

namespace Billing.Tests.Subscriptions;

/// <content>Bills, what is due on them, and the customer's balance, in cents.</content>
internal sealed partial class LifecycleModel
{
    private const long Least = 50;

    private readonly List<Bill> bills = [];

    public IReadOnlyList<Bill> Bills => bills;

    public long Balance { get; private set; }

    /// <summary>Given back without a document to write it on.</summary>
    public long WithoutDocument { get; private set; }

    /// <summary>What the days are worth that were paid for, and left behind by ending at once where nothing is given back.</summary>
    public long WorthLeftBehind { get; private set; }

    /// <summary>Cents that moved from one day to another where only a part of the days left was paid for.</summary>
    public long Rounding { get; private set; }

    /// <summary>How often that happened; each time it is at most a cent.</summary>
    public int Roundings { get; private set; }

    public void Grant(long amount) => Balance += amount;

    public void PayAll()
    {
        foreach (var bill in bills) bill.Due = 0;
    }

    /// <summary>Days sold are on the calendar, wait, were given back or left behind; every day of the time line is used once.</summary>
    public void EveryDayIsAccountedFor()
    {
        foreach (var sold in sales)
        {
            if (sold.Days != sold.Used + sold.Waiting + sold.GivenBack + sold.LeftBehind)
                throw new InvalidOperationException(
                    $"Sold {sold.Days} days from {sold.From}: {sold.Used} used, {sold.Waiting} wait, {sold.GivenBack} given back, {sold.LeftBehind} left.");
        }

        // No day is there twice, so as many as there are from first to last lie one after the other.
        if (Period.DaysBetween(StartedOn, ServedUntil) != calendar.Count || calendar.ContainsKey(ServedUntil))
            throw new InvalidOperationException($"From {StartedOn} to {ServedUntil} there are {calendar.Count} days of use.");
    }

    /// <summary>What the bills for service, less all that was given back, must come to: the worth of every day kept.</summary>
    public long WorthOfDaysKept =>
        worthUsed + (sale is { Waiting: > 0 } ? sale.WorthOfLast(sale.Waiting) : 0) + WorthLeftBehind + Rounding;

    /// <summary>What is still to be delivered when a day is over: the days after it, and those that wait.</summary>
    public long WorthAfter(LocalDate day) =>
        calendar.Where(d => d.Key > day).Sum(d => d.Value.Worth) + (sale is { Waiting: > 0 } ? sale.WorthOfLast(sale.Waiting) : 0);

    private Bill Issue(InvoiceKind kind, LocalDate from, LocalDate to, long total)
    {
        var bill = new Bill { Kind = kind, From = from, To = to, Total = total };
        bills.Add(bill);
        // Credit is used first; what was carried before is collected as soon as both together can be charged.
        var use = Balance > 0 ? Math.Min(Balance, total) : Balance < 0 && total - Balance >= Least ? Balance : 0;
        (Balance, bill.Due) = (Balance - use, total - use);
        if (bill.Due < Least) (Balance, bill.Due) = (Balance - bill.Due, 0);
        if (PaysAtOnce) bill.Due = 0;
        return bill;
    }

    private void Credit(Bill bill, long amount)
    {
        var off = Math.Min(amount, bill.Due);
        (bill.Due, bill.Notes, Balance) = (bill.Due - off, bill.Notes + amount, Balance + amount - off);
    }

    /// <summary>Time not used comes off what is due, then off what the new terms cost; what is left is credit.</summary>
    private void Settle(long credit, long charge, LocalDate from, LocalDate to, Sale old)
    {
        var earlier = OfService(old);
        var offUnpaid = Math.Min(credit, earlier.Sum(b => b.OwnDue));
        var offCharge = Math.Min(credit - offUnpaid, charge);
        if (charge > 0 || offCharge > 0) Issue(InvoiceKind.Change, from, to, charge - offCharge);
        OffDue(offUnpaid, earlier);
        ToBalance(credit - offUnpaid - offCharge, earlier);
    }

    /// <summary>What nobody paid for never becomes credit.</summary>
    /// <returns>What is not given back.</returns>
    private long GiveBack(long worth, Sale of, bool whatWasPaid)
    {
        var its = OfService(of);
        var offUnpaid = Math.Min(worth, its.Sum(b => b.OwnDue));
        OffDue(offUnpaid, its);
        if (whatWasPaid) ToBalance(worth - offUnpaid, its);
        return whatWasPaid ? 0 : worth - offUnpaid;
    }

    private void OffDue(long amount, List<Bill> newestFirst)
    {
        foreach (var bill in newestFirst)
        {
            var part = Math.Min(amount, bill.OwnDue);
            Credit(bill, part);
            amount -= part;
        }

        if (amount != 0) throw new InvalidOperationException("More came off than was due.");
    }

    private void ToBalance(long amount, List<Bill> newestFirst)
    {
        foreach (var bill in newestFirst.Where(b => b.Due == 0))
        {
            var part = Math.Min(amount, bill.Total - bill.Notes);
            Credit(bill, part);
            amount -= part;
        }

        (Balance, WithoutDocument) = (Balance + amount, WithoutDocument + amount);
    }

    /// <summary>The bills that reach into the days of a sale, newest first.</summary>
    private List<Bill> OfService(Sale of) => [.. bills.Where(b => b.Kind != InvoiceKind.Break && b.To > of.From).Reverse()];

    private List<Bill> OpenOf(Sale of) => [.. OfService(of).Where(b => b.OwnDue > 0)];

    internal sealed class Bill
    {
        public required InvoiceKind Kind { get; init; }
        public required LocalDate From { get; init; }
        public required LocalDate To { get; init; }
        public required long Total { get; init; }
        public long Notes { get; set; }
        public long Due { get; set; }
        public Away? Of { get; set; }

        /// <summary>Without what was collected with it from before.</summary>
        public long OwnDue => Math.Min(Due, Total - Notes);
    }
}
