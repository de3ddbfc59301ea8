using Billing.History;
using Billing.Server.Customers;
using Billing.Server.Pages.Office;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.Office.History;
using Billing.Server.Staff;

namespace Billing.Server.Tests.Office;

/// <summary>Whatever can happen to a customer can be read, in both languages.</summary>
public sealed class FactWordsTests
{
    public static TheoryData<Type> Facts =>
        [.. typeof(Fact).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Fact)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Facts))]
    public void Every_fact_of_a_history_has_a_plain_sentence_in_both_languages(Type type)
    {
        foreach (var fact in Samples(type))
        {
            var english = new FactWords(Tongue.English, FactNames.None).Of(fact);
            var bengali = new FactWords(Tongue.Bengali, FactNames.None).Of(fact);

            Assert.EndsWith(".", english.TrimEnd('"'), StringComparison.Ordinal);
            Assert.EndsWith("।", bengali.TrimEnd(), StringComparison.Ordinal);
            Assert.DoesNotContain(english, c => c is >= '\u0980' and <= '\u09FF');
            Assert.Contains(bengali, c => c is >= '\u0980' and <= '\u09FF');
        }
    }

    [Theory, MemberData(nameof(Facts))]
    public void A_fact_that_was_stored_is_read_again_as_it_was(Type type)
    {
        foreach (var fact in Samples(type)) Assert.Equal(fact, HistoryEntry.Of(fact, "run", Instant.FromUtc(2026, 5, 1, 0, 0)).Read());
    }

    [Fact]
    public void Every_order_that_is_written_down_has_words_in_both_languages()
    {
        var orders = typeof(IHouseChange).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IHouseChange)) && t.IsClass).Select(t => t.Name).ToList();

        Assert.True(orders.Count > 10);
        Assert.All(orders, order => Assert.NotEqual(ActWords.Of(order, Tongue.English), ActWords.Of(order, Tongue.Bengali)));
    }

    [Fact]
    public void Every_act_of_the_office_has_a_title_and_a_meaning_in_both_languages()
    {
        Assert.All(CustomerActs.All, act => Assert.NotEqual(act.Title(Tongue.English), act.Title(Tongue.Bengali)));
        Assert.All(CustomerActs.All, act => Assert.NotEqual(act.Meaning(Tongue.English), act.Meaning(Tongue.Bengali)));
        Assert.Equal(CustomerActs.All.Count, CustomerActs.All.Select(a => a.Code).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>One for each value of its enums, so that every arm of a sentence is read.</summary>
    private static IEnumerable<Fact> Samples(Type type)
    {
        var parameters = type.GetConstructors().Single(c => c.GetParameters().Length > 1).GetParameters();
        var most = parameters.Select(p => p.ParameterType.IsEnum ? Enum.GetValues(p.ParameterType).Length : p.ParameterType == typeof(bool) ? 2 : 1).Max();
        return Enumerable.Range(0, most).Select(i => (Fact)Activator.CreateInstance(type, [.. parameters.Select(p => Value(p.ParameterType, p.Name!, i))])!);
    }

    private static object? Value(Type type, string name, int number)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return name.Contains("currency", StringComparison.OrdinalIgnoreCase) ? "USD" : "Text.";
        if (plain == typeof(LocalDate)) return new LocalDate(2026, 5, 1 + number);
        if (plain == typeof(Instant)) return Instant.FromUtc(2026, 5, 1, 9, number);
        if (plain == typeof(long)) return number % 2 == 0 ? -1_250L : 1_250L;
        if (plain == typeof(int)) return 3 + number;
        if (plain == typeof(bool)) return number % 2 == 0;
        if (plain.IsEnum) return Enum.GetValues(plain) is var values ? values.GetValue(number % values.Length) : null;
        if (plain == typeof(Guid)) return new Guid(number, 1, 2, [1, 2, 3, 4, 5, 6, 7, 8]);
        if (plain.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)))
            return Activator.CreateInstance(plain, new Guid(number, 1, 2, [1, 2, 3, 4, 5, 6, 7, 8]));
        throw new InvalidOperationException($"There is no sample of {plain}: add one.");
    }
}
