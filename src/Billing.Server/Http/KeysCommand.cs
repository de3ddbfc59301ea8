using FluentValidation;
using MediatR;

namespace Billing.Server.Http;

/// <summary><c>keys create --name NAME --scopes admin</c>: the first key, printed once. Whoever can run this owns the database anyway.</summary>
internal static class KeysCommand
{
    private const string Usage = "Usage: keys create --name NAME --scopes read,write,portal,reports,admin";

    /// <returns>0 when the key was made, 2 when it was not.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args)
    {
        if (args is not ["keys", "create", "--name", var name, "--scopes", var scopes])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        await Opening.PrepareAsync(app);
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            var order = new CreateApiKey(new(name, scopes.Split(',', StringSplitOptions.TrimEntries)));
            var made = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(order);
            await Console.Error.WriteLineAsync("This is shown once:");
            await Console.Out.WriteLineAsync(made.Secret);
            return 0;
        }
        catch (ValidationException invalid)
        {
            await Console.Error.WriteLineAsync($"{invalid.Errors.First().ErrorMessage}{Environment.NewLine}{Usage}");
            return 2;
        }
    }
}
