using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumbline.Host.Tests.Isolation;

/// <summary>Inputs that hold themselves, however deep, are read or refused as input. Walks the whole schema.</summary>
public sealed class NestedInputTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    private const string Json = "JSON";

    /// <summary>How to get to an object of the victim's whose fields take such inputs, for the victim.</summary>
    private static readonly Dictionary<string, (string Before, string After)> Ways = new()
    {
        ["Query"] = ("", ""),
        ["Mutation"] = ("", ""),
        ["Subscription"] = ("", ""),
        ["Project"] = ("project(id: \"{prj}\") { ", " }"),
    };

    [Theory]
    [InlineData(15)]
    [InlineData(33)]
    [InlineData(60)]
    [InlineData(1000)]
    public async Task EveryInputThatNests_AtAnyDepth_IsNeverAnInternalError(int levels)
    {
        var schema = await ApiSchema.ReadAsync(tenants.Victim);
        var problems = new List<string>();
        var walked = new HashSet<string>();
        foreach (var type in schema.ObjectTypes().Append("Query").Append("Mutation").Append("Subscription"))
            foreach (var field in schema.Fields(type))
                foreach (var path in PathsToNested(schema, field.Arguments, []))
                {
                    // A subscription that is let in says nothing for as long as nothing happens.
                    if (type == "Subscription" && levels <= 32) continue;
                    if (!Ways.TryGetValue(type, out var way))
                    {
                        problems.Add($"{field}({path}): say in {nameof(Ways)} how to get to a {type}");
                        continue;
                    }
                    foreach (var answer in await AskAsync(schema, field, path, levels, way))
                    {
                        var codes = Codes(answer);
                        var isFilter = !path.EndsWith(Json, StringComparison.Ordinal);
                        if (codes.Contains("INTERNAL") || (isFilter && levels > 32 && codes is not (["BAD_USER_INPUT"] or ["GRAPHQL_PARSE_FAILED"])))
                            problems.Add($"{field}({path}) at {levels}: {answer[..Math.Min(300, answer.Length)]}");
                    }
                    walked.Add($"{field}({path})");
                }
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.Contains("Project.traces(where.and)", walked);
        Assert.Contains("Project.spans(where.not)", walked);
        Assert.Contains("Mutation.startPlaygroundRun(input.inputs:JSON)", walked);
        Assert.DoesNotContain("unhandled", tenants.Server.Output, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The ways through arguments to each input that may hold itself, and to JSON: <c>where.not</c>, <c>input.inputs:JSON</c>.</summary>
    private static IEnumerable<string> PathsToNested(ApiSchema schema, IEnumerable<ApiInput> inputs, IReadOnlyList<string> within)
    {
        foreach (var input in inputs)
        {
            if (input.Type.Name == Json) yield return $"{input.Name}:{Json}";
            else if (within.Contains(input.Type.Name)) yield return input.Name;
            else if (schema.KindOf(input.Type.Name) == "INPUT_OBJECT")
                foreach (var path in PathsToNested(schema, schema.InputFields(input.Type.Name), [.. within, input.Type.Name]))
                    yield return $"{input.Name}.{path}";
        }
    }

    /// <summary>The answers to the input as a variable and as it stands in the document.</summary>
    private async Task<string[]> AskAsync(ApiSchema schema, ApiField field, string path, int levels, (string Before, string After) way)
    {
        var build = new NestedValues(schema, levels, kind => tenants.VictimsId(kind));
        var arguments = field.Arguments.Where(a => NestedValues.IsWanted(a, path)).ToList();
        var operation = field.Parent is "Mutation" or "Subscription" ? field.Parent.ToLowerInvariant() : "query";
        var selection = schema.KindOf(field.Type.Name) is "OBJECT" or "INTERFACE" or "UNION" ? " { __typename }" : "";
        var before = way.Before.Replace("{prj}", tenants.VictimsId("prj"), StringComparison.Ordinal);
        var literals = string.Join(", ", arguments.Select(a => $"{a.Name}: {build.Value(field, a, path, isLiteral: true)}"));
        var declared = string.Join(", ", arguments.Select(a => $"${a.Name}: {Declared(a)}"));
        var passed = string.Join(", ", arguments.Select(a => $"{a.Name}: ${a.Name}"));
        var values = string.Join(",", arguments.Select(a => $"\"{a.Name}\":{build.Value(field, a, path, isLiteral: false)}"));
        Func<string, Task<string>> send = operation == "subscription" ? ListenAsync : SendAsync;
        return
        [
            await send($"{{\"query\":{JsonSerializer.Serialize($"{operation} {{ {before}{field.Name}({literals}){selection}{way.After} }}")}}}"),
            await send($"{{\"query\":{JsonSerializer.Serialize($"{operation}({declared}) {{ {before}{field.Name}({passed}){selection}{way.After} }}")}"
                + $",\"variables\":{{{values}}}}}"),
        ];
    }

    private static string Declared(ApiInput input)
    {
        var name = input.Type.IsList ? $"[{input.Type.Name}!]" : input.Type.Name;
        return input.Type.IsRequired ? name + "!" : name;
    }

    private async Task<string> SendAsync(string body)
    {
        using var answer = await tenants.Victim.PostAsync("/graphql", new StringContent(body, Encoding.UTF8, "application/json"));
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The first event of a subscription, or nothing when it just stays open.</summary>
    private async Task<string> ListenAsync(string body)
    {
        using var answer = await tenants.Victim.ListenAsync(new StringContent(body, Encoding.UTF8, "application/json"));
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            while (await lines.ReadLineAsync(patience.Token) is { } line)
                if (line.StartsWith("data: {", StringComparison.Ordinal)) return line["data: ".Length..];
                else if (line.StartsWith('{')) return line;
        }
        catch (OperationCanceledException)
        {
            return "{}";
        }
        return "{}";
    }

    private static string[] Codes(string answer) => JsonDocument.Parse(answer).RootElement.TryGetProperty("errors", out var errors)
        ? [.. errors.EnumerateArray().Select(e => e.TryGetProperty("extensions", out var more) && more.TryGetProperty("code", out var code)
            ? code.GetString()!
            : "INTERNAL")]
        : [];
}

/// <summary>Writes the smallest arguments for a field in which one input holds itself so many times.</summary>
internal sealed class NestedValues(ApiSchema schema, int levels, Func<string, string> idOf)
{
    public static bool IsWanted(ApiInput input, string path) => (input.Type.IsRequired && !input.HasDefault) || Head(path) == input.Name;

    public string Value(ApiField field, ApiInput input, string path, bool isLiteral)
    {
        var value = schema.KindOf(input.Type.Name) switch
        {
            "INPUT_OBJECT" => Object(field, input, Head(path) == input.Name ? Rest(path) : "", isLiteral),
            "ENUM" => isLiteral ? schema.FirstEnumValue(input.Type.Name) : $"\"{schema.FirstEnumValue(input.Type.Name)}\"",
            _ => Scalar(field, input, path == $"{input.Name}:JSON", isLiteral),
        };
        return input.Type.IsList ? $"[{value}]" : value;
    }

    private string Object(ApiField field, ApiInput input, string path, bool isLiteral)
    {
        var fields = schema.InputFields(input.Type.Name);
        var own = fields.FirstOrDefault(f => f.Name == path);
        if (own is not null && !path.Contains('.') && own.Type.Name != "JSON" && schema.KindOf(own.Type.Name) == "INPUT_OBJECT") return Nested(own, isLiteral);
        var members = fields.Where(f => IsWanted(f, path)).Select(f => Key(f.Name, isLiteral) + Value(field, f, path, isLiteral));
        return "{" + string.Join(",", members) + "}";
    }

    private string Nested(ApiInput own, bool isLiteral)
    {
        var (open, close) = own.Type.IsList ? ("[{", "}]") : ("{", "}");
        var text = new StringBuilder("{");
        for (var i = 0; i < levels; i++) text.Append(CultureInfo.InvariantCulture, $"{Key(own.Name, isLiteral)}{open}");
        for (var i = 0; i < levels; i++) text.Append(close);
        return text.Insert(text.Length - levels * close.Length, $"{Key("search", isLiteral)}\"x\"").Append('}').ToString();
    }

    private string Scalar(ApiField field, ApiInput input, bool isTarget, bool isLiteral) => input.Type.Name switch
    {
        "JSON" when isTarget => string.Concat(Enumerable.Repeat("{" + Key("a", isLiteral), levels)) + "1" + new string('}', levels),
        "JSON" => "{}",
        "ID" => $"\"{(input.Name == "requestId" ? Guid.NewGuid().ToString("N") : idOf(IdKinds.Of(field.Name, input.Name)))}\"",
        "String" => input.Name == "email" ? "\"new@example.com\"" : "\"text\"",
        "Int" or "Float" => "1",
        "Boolean" => "true",
        "DateTime" => "\"2030-01-01T00:00:00Z\"",
        "Decimal" => "\"1\"",
        _ => throw new InvalidOperationException($"Say what a {input.Type.Name} looks like, for {field}({input.Name})."),
    };

    private static string Key(string name, bool isLiteral) => isLiteral ? name + ":" : $"\"{name}\":";

    private static string Head(string path) => path.Split('.', ':')[0];

    private static string Rest(string path) => path.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? path[(dot + 1)..] : "";
}
