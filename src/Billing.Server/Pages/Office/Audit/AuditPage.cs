using Billing.Server.Pages.Office.History;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office.Audit;

/// <summary>What people, and programs with a key, did on one day: the acts with their reasons, and the facts they made.</summary>
public sealed record AuditPage(LocalDate Day, string? Person, IReadOnlyList<string> People, IReadOnlyList<AuditLine> Lines, bool HasMore)
{
    private const int MostLines = 200;

    internal static async Task<AuditPage> ReadAsync(
        BillingDbContext db, LocalDate day, string? person, Desk desk, CancellationToken cancellationToken)
    {
        var (from, to) = (desk.Zone.AtStartOfDay(day).ToInstant(), desk.Zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
        var facts = db.History.AsNoTracking().Where(h => h.Person != null && h.At >= from && h.At < to);
        var acts = db.HouseActs.AsNoTracking().Where(a => a.At >= from && a.At < to);
        var people = await facts.Select(h => h.Person!).Union(acts.Select(a => a.Actor)).Distinct().ToListAsync(cancellationToken);
        if (person is not null) (facts, acts) = (facts.Where(h => h.Person == person), acts.Where(a => a.Actor == person));

        var happened = await facts.OrderByDescending(h => h.At).Take(MostLines + 1)
            .Join(db.Customers, h => h.CustomerId, c => c.Id, (entry, c) => new { entry, c.Name, c.Email }).ToListAsync(cancellationToken);
        var done = await acts.OrderByDescending(a => a.At).Take(MostLines + 1).ToListAsync(cancellationToken);
        var known = happened.ConvertAll(h => h.entry.Read());
        var words = new FactWords(desk.T, await FactNames.ReadAsync(db, known, cancellationToken));
        var why = done.Where(a => a.CustomerId is not null).ToLookup(a => (a.Actor, a.At), a => a.Why);
        IEnumerable<AuditLine> lines =
        [
            .. happened.Zip(known, (h, fact) => new AuditLine(
                h.entry.At, h.entry.Actor, words.Of(fact), h.entry.CustomerId, h.Name ?? h.Email, why[(h.entry.Actor, h.entry.At)].FirstOrDefault())),
            // A form's act is told by its facts; one that made none, and one about the house, by itself.
            .. done.Where(a => !happened.Exists(h => h.entry.Actor == a.Actor && h.entry.At == a.At))
                .Select(a => new AuditLine(a.At, a.Actor, Say(a.What, a.About, desk.T), a.CustomerId, null, a.Why)),
        ];
        return new(
            day, person, [.. people.Order(StringComparer.OrdinalIgnoreCase)], [.. lines.OrderByDescending(l => l.At).Take(MostLines)],
            happened.Count > MostLines || done.Count > MostLines);
    }

    private static string Say(string what, string about, Tongue t) =>
        $"{ActWords.Find(what, t) ?? what}{(about.Length > 0 ? $": {about}" : "")}";
}

/// <summary>One thing somebody did.</summary>
public sealed record AuditLine(Instant At, string Actor, string Words, CustomerId? CustomerId, string? Customer, string? Why);
