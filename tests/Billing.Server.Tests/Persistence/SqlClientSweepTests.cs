using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;

namespace Billing.Server.Tests.Persistence;

/// <summary>
/// Compiles the heart of SqlClient to machine code, without a server. A type that cannot be found is noticed only
/// then: restore, build, even opening a connection succeed, and the first command with a parameter would fail.
/// </summary>
public sealed class SqlClientSweepTests
{
    private static readonly string[] Heart =
    [
        "MetaType", "SqlBulkCopy", "SqlCommand", "SqlConnection", "SqlDataReader", "SqlParameter",
        "SqlParameterCollection", "SqlTransaction", "TdsParser", "TdsParserStateObject", "TdsValueSetter",
    ];

    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public void Every_method_at_the_heart_of_SqlClient_finds_the_types_it_needs()
    {
        var methods = Heart.SelectMany(MethodsOf).ToList();

        var failures = methods
            .Select(method => (method, trouble: Record.Exception(() => Compile(method))))
            .Where(outcome => outcome.trouble is not null)
            .Select(outcome => $"{outcome.method.DeclaringType}.{outcome.method.Name}: {outcome.trouble!.Message}")
            .ToList();

        TestContext.Current.TestOutputHelper?.WriteLine($"{methods.Count} methods, {failures.Count} failing.");
        Assert.Empty(failures);
        // The assembly that runs, not the one of reference stubs that throw: it has real methods, and many.
        Assert.True(methods.Count > 800, $"Only {methods.Count} methods were found.");
    }

    private static IEnumerable<MethodBase> MethodsOf(string type)
    {
        var found = typeof(SqlConnection).Assembly.GetType($"Microsoft.Data.SqlClient.{type}", throwOnError: true)!;
        return found.GetMethods(Declared).Cast<MethodBase>().Concat(found.GetConstructors(Declared))
            .Where(method => !method.IsAbstract && !method.ContainsGenericParameters);
    }

    private static void Compile(MethodBase method) => RuntimeHelpers.PrepareMethod(method.MethodHandle);
}
