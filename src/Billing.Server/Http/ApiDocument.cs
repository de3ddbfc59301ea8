using Billing.Client.Contract;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Billing.Server.Http;

/// <summary>The API described (OpenAPI 3.1, <c>/openapi/v1.json</c>), and a page to try it (<c>/docs</c>).</summary>
internal static class ApiDocument
{
    private const string KeyScheme = "apiKey";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = api => api.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Billing", Version = "v1", Description = "Subscription billing that keeps customers by being kind to them. See docs/api.md." };
            document.Servers = [];
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: bk_..." },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Our own reader of texts hides from the framework that they are texts.
            if (context.JsonTypeInfo.Type == typeof(string))
                schema.Type = context.JsonPropertyInfo?.IsGetNullable == true ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            return Task.CompletedTask;
        });
    });

    public static void UseApiDocument(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Billing API";
            page.SwaggerEndpoint("/openapi/v1.json", "v1");
            page.EnablePersistAuthorization();
        });
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var scope = metadata.OfType<ApiScope>().First();
        operation.Description = $"Needs the scope `{Wire.Word(scope)}`.";
        if (context.Description.HttpMethod == "POST")
            Add("Idempotency-Key", "Same key and body, same answer; kept for 48 hours. At most 100 visible ASCII letters.", required: false);
        if (context.Description.HttpMethod is "POST" or "PUT")
            Add("If-Match", "The ETag you read; 412 when it was changed since.", required: context.Description.HttpMethod == "PUT");

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemView), null, cancellationToken);
        context.Document!.Components ??= new();
        context.Document.AddComponent("Problem", problem);
        (operation.Responses ??= [])["default"] = new OpenApiResponse
        {
            Description = "A problem (RFC 9457); switch on its code.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problems.ContentType] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) },
            },
        };

        void Add(string name, string description, bool required) => (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Required = required,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }
}
