using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;

namespace Billing.Server.Persistence;

/// <summary>Instants are UTC date-times with microseconds on every database.</summary>
internal sealed class InstantConversion() : ValueConverter<Instant, DateTime>(
    instant => instant.ToDateTimeUtc(),
    stored => Instant.FromDateTimeUtc(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

internal sealed class LocalDateConversion() : ValueConverter<LocalDate, DateOnly>(
    date => date.ToDateOnly(),
    stored => LocalDate.FromDateOnly(stored));

internal sealed class CurrencyConversion() : ValueConverter<Currency, string>(
    currency => currency.Code,
    stored => Currency.Of(stored));

internal sealed class TypedIdConversion<TId>() : ValueConverter<TId, Guid>(
    id => id.Value,
    stored => Typed(stored)) where TId : struct, ITypedId<TId>
{
    // An expression tree may not name a static member of an interface.
    private static TId Typed(Guid stored) => TId.From(stored);
}
