using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;

namespace Billing.Server.Http;

/// <summary>Changes something: its handler runs in one transaction, saved and committed when it returns.</summary>
/// <remarks>What has to call the gateway is a plain <see cref="IRequest{T}"/>: no transaction may be open meanwhile.</remarks>
public interface ICommand<out TAnswer> : IRequest<TAnswer>;

/// <summary>Checks the shape of what came in; the rules then refuse what is not allowed.</summary>
internal sealed class ValidationBehaviour<TRequest, TAnswer>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TAnswer> where TRequest : notnull
{
    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        var failures = validators.Select(v => v.Validate(request)).SelectMany(r => r.Errors).ToList();
        return failures.Count == 0 ? await next() : throw new ValidationException(failures);
    }
}

/// <summary>
/// One transaction a command. When the edge has opened one already, to keep the answer beside the effect, the command is
/// a savepoint in it: refused, it leaves nothing behind but the answer.
/// </summary>
internal sealed class TransactionBehaviour<TRequest, TAnswer>(BillingDbContext db)
    : IPipelineBehavior<TRequest, TAnswer> where TRequest : notnull
{
    private const string Savepoint = "command";

    public Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next) =>
        request is not ICommand<TAnswer> ? next()
        : db.Database.CurrentTransaction is null ? InOwnAsync(next, cancellationToken)
        : InOpenAsync(next, cancellationToken);

    private async Task<TAnswer> InOwnAsync(RequestHandlerDelegate<TAnswer> next, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var answer = await next();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return answer;
    }

    private async Task<TAnswer> InOpenAsync(RequestHandlerDelegate<TAnswer> next, CancellationToken cancellationToken)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Savepoint, cancellationToken);
        try
        {
            var answer = await next();
            await db.SaveChangesAsync(cancellationToken);
            return answer;
        }
        catch
        {
            await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
            db.ChangeTracker.Clear();
            throw;
        }
    }
}

internal static class Mediation
{
    /// <summary>Registers every handler and validator of the house, and the behaviours, outermost first.</summary>
    public static IServiceCollection AddMediation(this IServiceCollection services)
    {
        var house = typeof(Mediation).Assembly;
        services.AddTransient<ServiceFactory>(p => p.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TransactionBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(RememberBehaviour<,>));

        foreach (var validator in AssemblyScanner.FindValidatorsInAssembly(house, includeInternalTypes: true))
            services.AddSingleton(validator.InterfaceType, validator.ValidatorType);

        foreach (var handler in house.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            foreach (var role in handler.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
                services.AddTransient(role, handler);
        }

        return services;
    }
}
