using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Billing.Server.Tests.Persistence.OnSqlServer;

/// <summary>One call in the compiled house that has to do with a query.</summary>
/// <param name="Method">Who makes the call, as its author named it: <c>CloseDay.DoAsync</c>.</param>
/// <param name="Line">The file and line, which is also the statement it belongs to.</param>
/// <param name="Token">The compiled method.</param>
/// <param name="Calls">What is called: type and name.</param>
internal sealed record QuerySite(string Method, string Line, int Token, string Calls)
{
    private static readonly string[] Composing =
    [
        "AsAsyncEnumerable", "AsNoTracking", "AsNoTrackingWithIdentityResolution", "AsTracking", "IgnoreAutoIncludes",
        "IgnoreQueryFilters", "Include", "TagWith", "TagWithCallSite", "ThenInclude",
    ];

    private static readonly string[] Asking =
    [
        "All", "Any", "Average", "Contains", "Count", "ElementAt", "ElementAtOrDefault", "First", "FirstOrDefault", "Last",
        "LastOrDefault", "LongCount", "Max", "MaxBy", "Min", "MinBy", "Single", "SingleOrDefault", "Sum",
    ];

    private string Name => Calls[(Calls.LastIndexOf('.') + 1)..];

    /// <summary>Whether the query is sent by this very statement.</summary>
    public bool Sends =>
        (IsOn("EntityFrameworkQueryableExtensions") && !Composing.Contains(Name))
        || (IsOn("Queryable") && Asking.Contains(Name))
        || ((IsOn("DbSet`1") || IsOn("DbContext")) && Name is "Find" or "FindAsync");

    /// <summary>Whether a query is only put together here, or taken from a method that did.</summary>
    public bool Composes => !Sends && (IsOn("EntityFrameworkQueryableExtensions") || IsOn("Queryable") || IsOn("the house"));

    /// <summary>Whether SQL is written by hand, which would have to be written three times.</summary>
    public bool WritesSql =>
        Name.StartsWith("FromSql", StringComparison.Ordinal) || Name.StartsWith("ExecuteSql", StringComparison.Ordinal)
        || Name.StartsWith("SqlQuery", StringComparison.Ordinal);

    private bool IsOn(string type) => Calls.StartsWith(type + ".", StringComparison.Ordinal);
}

/// <summary>Reads an assembly's code for the calls that make and send queries.</summary>
internal sealed class QuerySites : IDisposable
{
    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(code => unchecked((ushort)code.Value), code => code.OperandType);

    private readonly PEReader file;
    private readonly MetadataReader code;
    private readonly MetadataReaderProvider debugFile;
    private readonly MetadataReader debug;

    public QuerySites(string assembly)
    {
        file = new(File.OpenRead(assembly));
        code = file.GetMetadataReader();
        debugFile = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly, ".pdb")));
        debug = debugFile.GetMetadataReader();
    }

    /// <summary>Every call to EF Core's and LINQ's query operators, and every one of hand-written SQL.</summary>
    /// <remarks>A method that returns the query is not on its way when it is sent: whoever calls it is, and stands for it.</remarks>
    public IEnumerable<QuerySite> All() => code.MethodDefinitions
        .Where(method => !ReturnsQuery(method) && !PromisesQuery(method))
        .SelectMany(method => Calls(method).Select(call =>
            new QuerySite(MethodOf(method), LineAt(method, call.Offset), MetadataTokens.GetToken(method), call.Calls)))
        .Where(site => site.Sends || site.Composes || site.WritesSql);

    /// <summary>The file and line of a place in the running program.</summary>
    public string LineAt(int token, int offset) => LineAt((MethodDefinitionHandle)MetadataTokens.EntityHandle(token), offset);

    /// <summary>The method at a place in the running program, as its author named it.</summary>
    public string MethodOf(int token) => MethodOf((MethodDefinitionHandle)MetadataTokens.EntityHandle(token));

    public void Dispose()
    {
        debugFile.Dispose();
        file.Dispose();
    }

    /// <summary>Undoes what the compiler does to lambdas, local functions and async methods.</summary>
    private string MethodOf(MethodDefinitionHandle handle)
    {
        var method = code.GetMethodDefinition(handle);
        var name = code.GetString(method.Name);
        var type = code.GetTypeDefinition(method.GetDeclaringType());
        while (code.GetString(type.Name).StartsWith('<') && !type.GetDeclaringType().IsNil)
        {
            var generated = code.GetString(type.Name).TrimStart('<');
            if (!name.StartsWith('<') && generated[0] is not ('>' or '.')) name = generated[..generated.IndexOf('>', StringComparison.Ordinal)];
            type = code.GetTypeDefinition(type.GetDeclaringType());
        }

        if (name.StartsWith('<')) name = name.TrimStart('<') is var inner ? inner[..inner.IndexOf('>', StringComparison.Ordinal)] : name;
        return $"{code.GetString(type.Name)}.{name}";
    }

    private string LineAt(MethodDefinitionHandle method, int offset)
    {
        var points = debug.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints()
            .Where(p => !p.IsHidden && p.Offset <= offset).ToList();
        if (points.Count == 0) return "?";
        var document = debug.GetString(debug.GetDocument(points[^1].Document).Name);
        return $"{Path.GetFileName(document)}:{points[^1].StartLine}";
    }

    private List<(int Offset, string Calls)> Calls(MethodDefinitionHandle method)
    {
        List<(int, string)> calls = [];
        var address = code.GetMethodDefinition(method).RelativeVirtualAddress;
        if (address == 0) return calls;

        var body = file.GetMethodBody(address).GetILBytes().AsSpan();
        for (var at = 0; at < body.Length;)
        {
            var start = at;
            ushort value = body[at++];
            if (value == 0xFE) value = (ushort)(0xFE00 | body[at++]);
            var operand = Operands[value];
            if (operand == OperandType.InlineMethod && value != OpCodes.Ldtoken.Value)
                calls.Add((start, Called(BinaryPrimitives.ReadInt32LittleEndian(body[at..]))));
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(body[at..])),
                _ => 4,
            };
        }

        return calls;
    }

    private string Called(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification) handle = code.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind == HandleKind.MethodDefinition && ReturnsQuery((MethodDefinitionHandle)handle))
            return $"the house.{code.GetString(code.GetMethodDefinition((MethodDefinitionHandle)handle).Name)}";
        if (handle.Kind != HandleKind.MemberReference) return "";

        var member = code.GetMemberReference((MemberReferenceHandle)handle);
        return $"{TypeOf(member.Parent)}.{code.GetString(member.Name)}";
    }

    private bool ReturnsQuery(MethodDefinitionHandle method)
    {
        var signature = code.GetBlobReader(code.GetMethodDefinition(method).Signature);
        if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
        signature.ReadCompressedInteger();
        return OpenTypeOf(signature) is "IQueryable`1" or "IOrderedQueryable`1" or "IIncludableQueryable`2";
    }

    /// <summary>Whether it returns the query by and by; asynchronous code of its own is another method, and is looked at.</summary>
    private bool PromisesQuery(MethodDefinitionHandle method)
    {
        var signature = code.GetBlobReader(code.GetMethodDefinition(method).Signature);
        if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
        signature.ReadCompressedInteger();
        if (OpenTypeOf(signature) is not "Task`1") return false;
        signature.ReadSignatureTypeCode();
        signature.ReadByte();
        signature.ReadTypeHandle();
        signature.ReadCompressedInteger();
        return OpenTypeOf(signature) is "IQueryable`1";
    }

    private string TypeOf(EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => code.GetString(code.GetTypeReference((TypeReferenceHandle)parent).Name),
        HandleKind.TypeSpecification => OpenTypeOf(code.GetBlobReader(code.GetTypeSpecification((TypeSpecificationHandle)parent).Signature)),
        _ => "",
    };

    // A generic type's signature begins: generic instance, class, its open type.
    private string OpenTypeOf(BlobReader signature)
    {
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return "";
        signature.ReadByte();
        return TypeOf(signature.ReadTypeHandle());
    }
}
