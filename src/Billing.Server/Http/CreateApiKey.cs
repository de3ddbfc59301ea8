using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;

namespace Billing.Server.Http;

/// <summary>Makes a key. Keys live by the wall clock, whatever the sandbox's says.</summary>
internal sealed record CreateApiKey(NewApiKey Key) : ICommand<NewApiKeyView>, IHouseChange
{
    public string About => $"{Key.Name} ({string.Join(", ", Key.Scopes)})";
}

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKey>
{
    public CreateApiKeyValidator()
    {
        RuleFor(c => c.Key.Name).NotEmpty().MaximumLength(60).OverridePropertyName("name");
        RuleFor(c => c.Key.Scopes).Must(words => words.Count <= 5 && ApiKeyViews.ScopesOf(words) != ApiScope.None)
            .WithMessage("Scopes are read, write, portal, reports and admin; one at least.").OverridePropertyName("scopes");
    }
}

internal sealed class CreateApiKeyHandler(BillingDbContext db, BillingClock clock) : IRequestHandler<CreateApiKey, NewApiKeyView>
{
    public Task<NewApiKeyView> Handle(CreateApiKey request, CancellationToken cancellationToken)
    {
        var now = clock.WallNow;
        var secret = Secrets.New(ApiKeyAuthentication.Prefix);
        var key = ApiKey.Create(NewId.At(now), request.Key.Name, secret, ApiKeyViews.ScopesOf(request.Key.Scopes), now);

        db.ApiKeys.Add(key);
        return Task.FromResult(new NewApiKeyView(key.ToView(), secret));
    }
}
