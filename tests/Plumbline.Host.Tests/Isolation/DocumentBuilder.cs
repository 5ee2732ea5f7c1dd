namespace Plumbline.Host.Tests.Isolation;

/// <summary>Writes the smallest request for a field: required inputs filled, and the one ID under test.</summary>
internal sealed class DocumentBuilder(ApiSchema schema, Func<string, string, string> idOf)
{
    /// <summary>The call of a field with the ID at <paramref name="path"/> set, as GraphQL text.</summary>
    public string Call(ApiField field, string path, string id)
    {
        var written = field.Arguments.Where(a => IsWanted(a, path)).Select(a => $"{a.Name}: {Value(field, a, path, id)}").ToArray();
        var selection = schema.KindOf(field.Type.Name) is "OBJECT" or "INTERFACE" or "UNION" ? " { __typename }" : "";
        return $"{field.Name}{(written.Length == 0 ? "" : $"({string.Join(", ", written)})")}{selection}";
    }

    private static bool IsWanted(ApiInput input, string path) =>
        (input.Type.IsRequired && !input.HasDefault) || path == input.Name || path.StartsWith(input.Name + ".", StringComparison.Ordinal);

    private string Value(ApiField field, ApiInput input, string path, string id)
    {
        var isTarget = path == input.Name;
        var rest = path.StartsWith(input.Name + ".", StringComparison.Ordinal) ? path[(input.Name.Length + 1)..] : "";
        var value = schema.KindOf(input.Type.Name) switch
        {
            "INPUT_OBJECT" => Object(field, input.Type.Name, rest, id),
            "ENUM" => schema.FirstEnumValue(input.Type.Name),
            _ => Scalar(input.Type.Name, input.Name, isTarget ? id : null, field.Name),
        };
        return input.Type.IsList ? $"[{value}]" : value;
    }

    private string Object(ApiField field, string type, string path, string id)
    {
        var fields = schema.InputFields(type).Where(f => IsWanted(f, path)).Select(f => $"{f.Name}: {Value(field, f, path, id)}");
        return $"{{ {string.Join(", ", fields)} }}";
    }

    private string Scalar(string type, string name, string? id, string field) => type switch
    {
        "ID" => $"\"{id ?? idOf(field, name)}\"",
        "String" => name == "email" ? "\"new@example.com\"" : "\"text\"",
        "Int" => "1",
        "Float" => "0.5",
        "Boolean" => "true",
        "DateTime" => "\"2030-01-01T00:00:00Z\"",
        "Decimal" => "\"1\"",
        "JSON" => "{ }",
        _ => throw new InvalidOperationException($"Say what a {type} looks like, for {field}({name})."),
    };
}
