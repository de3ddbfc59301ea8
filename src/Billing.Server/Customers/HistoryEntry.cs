using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Billing.History;
using Billing.Server.Http;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.Customers;

/// <summary>One fact of a customer's history as stored: what, on which business date, who did it; append-only.</summary>
public sealed class HistoryEntry
{
    private static readonly JsonSerializerOptions Json = new(BillingJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutTheColumns } },
    };

    /// <summary>Older entries may lack what a newer fact says; what they have is read.</summary>
    private static readonly JsonSerializerOptions Reading = new(BillingJson.Options)
    {
        RespectRequiredConstructorParameters = false,
        RespectNullableAnnotations = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    private static readonly Dictionary<string, Type> Types = typeof(Fact).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Fact)) && !t.IsAbstract).ToDictionary(t => t.Name, StringComparer.Ordinal);

    private HistoryEntry()
    {
    }

    /// <summary>Ordered by time within a customer.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whose history.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>The fact's name in the past tense: <c>PeriodBilled</c>.</summary>
    public string Type { get; private set; } = null!;

    /// <summary>The business date, in the customer's zone.</summary>
    public LocalDate On { get; private set; }

    /// <summary>When it was written.</summary>
    public Instant At { get; private set; }

    /// <summary>Who did it: <c>run</c>, <c>key:name</c>, <c>customer</c>, <c>import</c>.</summary>
    public string Actor { get; private set; } = null!;

    /// <summary>The same, when it was somebody of the staff or a program with a key: what the audit log is read by.</summary>
    public string? Person { get; private set; }

    /// <summary>The fact's own particulars as JSON.</summary>
    public string Data { get; private set; } = null!;

    /// <summary>Its number among the customer's events, 1, 2, 3 …, once the main app is to hear of it; 0 before, and where nobody listens.</summary>
    public int Sequence { get; private set; }

    /// <summary>Gives it its number among the customer's events.</summary>
    public void Publish(int sequence) => Sequence = sequence;

    /// <summary>Makes the stored form of a fact.</summary>
    public static HistoryEntry Of(Fact fact, string actor, Instant now) => new()
    {
        Id = NewId.At(now),
        CustomerId = fact.CustomerId,
        Type = fact.GetType().Name,
        On = fact.On,
        At = now,
        Actor = actor,
        Person = Actors.IsPerson(actor) ? actor : null,
        Data = JsonSerializer.Serialize(fact, fact.GetType(), Json),
    };

    /// <summary>The fact that was stored.</summary>
    public Fact Read() => ((Fact)JsonSerializer.Deserialize(Data, Types[Type], Reading)!) with { CustomerId = CustomerId, On = On };

    private static void LeaveOutTheColumns(JsonTypeInfo type)
    {
        if (!typeof(Fact).IsAssignableFrom(type.Type)) return;
        foreach (var property in type.Properties)
        {
            if (property.Name is "customerId" or "on") property.ShouldSerialize = static (_, _) => false;
        }
    }
}
