using System.Text.Json;
using Plumbline.Host.Tests.Api;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Isolation;

/// <summary>The schema as the running server tells it.</summary>
internal sealed class ApiSchema
{
    private const string Introspection = """
        { __schema { types { kind name
            fields { name args { ...Input } type { ...Type } }
            inputFields { ...Input }
            enumValues { name }
            possibleTypes { name } } } }
        fragment Input on __InputValue { name defaultValue type { ...Type } }
        fragment Type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
        """;

    private readonly Dictionary<string, JsonElement> _types;

    private ApiSchema(Dictionary<string, JsonElement> types) => _types = types;

    public static async Task<ApiSchema> ReadAsync(ServerClient client) => Of(await client.QueryAsync(Introspection));

    public static async Task<ApiSchema> ReadAsync(HttpClient client) => Of(await InProcessServer.AskAsync(client, Introspection));

    private static ApiSchema Of(JsonElement answer) =>
        new(answer.At("__schema.types").EnumerateArray().ToDictionary(t => t.Text("name")));

    public IEnumerable<ApiField> Fields(string type) =>
        _types[type].GetProperty("fields").EnumerateArray().Select(f =>
            new ApiField(type, f.Text("name"), Inputs(f.GetProperty("args")), TypeRef.Of(f.GetProperty("type"))));

    public IReadOnlyList<ApiInput> InputFields(string type) => Inputs(_types[type].GetProperty("inputFields"));

    public string KindOf(string type) => _types[type].Text("kind");

    public string FirstEnumValue(string type) => EnumValues(type)[0];

    public IReadOnlyList<string> EnumValues(string type) => Names(_types[type].GetProperty("enumValues"));

    /// <summary>The object types that a union or an interface may be.</summary>
    public IReadOnlyList<string> PossibleTypes(string type) => Names(_types[type].GetProperty("possibleTypes"));

    /// <summary>Object types other than the roots.</summary>
    public IEnumerable<string> ObjectTypes() =>
        _types.Keys.Where(t => KindOf(t) == "OBJECT" && !t.StartsWith("__", StringComparison.Ordinal) && t is not ("Query" or "Mutation" or "Subscription"));

    /// <summary>What a caller names a request by is of type ID and no id of anything.</summary>
    private const string NameOfARequest = "requestId";

    /// <summary>The ways through an argument to every ID in it: <c>input.projectId</c>, <c>where.and.inDataset</c> once.</summary>
    public IEnumerable<string> PathsToIds(IEnumerable<ApiInput> inputs, int depth = 0) => depth > 4
        ? []
        : inputs.Where(i => i.Name != NameOfARequest).SelectMany(i => i.Type.Name == "ID"
        ? [i.Name]
        : KindOf(i.Type.Name) == "INPUT_OBJECT"
            ? PathsToIds(InputFields(i.Type.Name).Where(f => f.Type.Name != i.Type.Name), depth + 1).Select(p => $"{i.Name}.{p}")
            : []);

    private static string[] Names(JsonElement things) => [.. things.EnumerateArray().Select(t => t.Text("name"))];

    private static ApiInput[] Inputs(JsonElement inputs) => [.. inputs.EnumerateArray().Select(i =>
        new ApiInput(i.Text("name"), TypeRef.Of(i.GetProperty("type")), i.GetProperty("defaultValue").ValueKind != JsonValueKind.Null))];
}

/// <summary>A field and its arguments.</summary>
internal sealed record ApiField(string Parent, string Name, IReadOnlyList<ApiInput> Arguments, TypeRef Type)
{
    public override string ToString() => $"{Parent}.{Name}";
}

/// <summary>An argument or a field of an input.</summary>
internal sealed record ApiInput(string Name, TypeRef Type, bool HasDefault);

/// <summary>The named type at the heart of a type, and what is around it.</summary>
internal sealed record TypeRef(string Name, bool IsRequired, bool IsList)
{
    public static TypeRef Of(JsonElement type)
    {
        var required = type.GetProperty("kind").GetString() == "NON_NULL";
        var list = false;
        for (; type.GetProperty("kind").GetString() is var kind && kind is "NON_NULL" or "LIST"; type = type.GetProperty("ofType")) list |= kind == "LIST";
        return new TypeRef(type.Text("name"), required, list);
    }
}
