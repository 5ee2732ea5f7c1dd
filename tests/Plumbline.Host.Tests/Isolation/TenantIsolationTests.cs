using System.Text;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Isolation;

/// <summary>No id of another tenant does anything: the answer is that for an id that nobody has, byte for byte. Walks the whole schema.</summary>
public sealed class TenantIsolationTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    /// <summary>How to get to an object of the stranger's whose fields take ids.</summary>
    private static readonly Dictionary<string, Func<TwoTenants, string, string>> Ways = new()
    {
        ["Viewer"] = (_, field) => $"{{ viewer {{ {field} }} }}",
        ["Organization"] = (_, field) => $"{{ organization(slug: \"stranger\") {{ {field} }} }}",
        ["Project"] = (t, field) => $"{{ project(id: \"{t.StrangersId("prj")}\") {{ {field} }} }}",
    };

    [Theory]
    [InlineData("Query", "query")]
    [InlineData("Mutation", "mutation")]
    [InlineData("Subscription", "subscription")]
    public async Task RootFields_WithAForeignId_AnswerNotFound_LikeAMissingOne(string type, string operation)
    {
        var schema = await ApiSchema.ReadAsync(tenants.Stranger);
        var build = Builder(schema);
        var problems = new List<string>();
        var walked = 0;
        foreach (var field in schema.Fields(type))
            foreach (var path in schema.PathsToIds(field.Arguments))
            {
                var kind = IdKinds.Of(field.Name, path.Split('.')[^1]);
                var (foreign, missing) = await AskBothAsync(id => $"{operation} {{ {build.Call(field, path, id)} }}", kind, type == "Subscription");
                if (foreign != missing) problems.Add($"{field}({path}) tells a foreign id from a missing one:\n  {foreign}\n  {missing}");
                else if (!path.StartsWith("where.", StringComparison.Ordinal) && !Codes(foreign).SequenceEqual(["NOT_FOUND"]) && !IsUnserved(field, foreign))
                    problems.Add($"{field}({path}): {foreign}");
                walked++;
            }
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.True(walked > 0);
    }

    [Fact]
    public async Task OtherFields_WithAForeignId_AnswerLikeWithAMissingOne()
    {
        var schema = await ApiSchema.ReadAsync(tenants.Stranger);
        var build = Builder(schema);
        var problems = new List<string>();
        foreach (var type in schema.ObjectTypes())
            foreach (var field in schema.Fields(type))
                foreach (var path in schema.PathsToIds(field.Arguments))
                {
                    if (!Ways.TryGetValue(type, out var way))
                    {
                        problems.Add($"{field}({path}): say in {nameof(Ways)} how to get to a {type}");
                        continue;
                    }
                    var (foreign, missing) = await AskBothAsync(
                        id => way(tenants, build.Call(field, path, id)), IdKinds.Of(field.Name, path.Split('.')[^1]), false);
                    if (foreign != missing) problems.Add($"{field}({path}) tells a foreign id from a missing one:\n  {foreign}\n  {missing}");
                }
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    [Fact]
    public async Task Node_OfEveryKind_AnswersNotFound()
    {
        var problems = new List<string>();
        foreach (var kind in IdKinds.All)
        {
            var (foreign, missing) = await AskBothAsync(id => $"{{ node(id: \"{id}\") {{ id }} }}", kind, false);
            if (foreign != missing || !Codes(foreign).SequenceEqual(["NOT_FOUND"])) problems.Add($"{kind}: {foreign} {missing}");
        }
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    [Theory]
    [InlineData("")]
    [InlineData("prj_")]
    [InlineData("nonsense")]
    [InlineData("../../etc/passwd")]
    [InlineData("prj_AAAA")]
    public async Task MalformedIds_AnswerLikeMissingOnes(string id)
    {
        var missing = await tenants.Stranger.QueryTextAsync("query($id: ID!) { project(id: $id) { name } }", new { id = tenants.MissingId("prj") });
        Assert.Equal(missing, await tenants.Stranger.QueryTextAsync("query($id: ID!) { project(id: $id) { name } }", new { id }));
    }

    [Fact]
    public async Task ForeignSlug_AnswersLikeAMissingOne() => Assert.Equal(
        await tenants.Stranger.QueryTextAsync("""{ organization(slug: "nobody") { name } }"""),
        await tenants.Stranger.QueryTextAsync("""{ organization(slug: "acme") { name } }"""));

    [Fact]
    public async Task TheVictim_SeesThoseVeryThings()
    {
        foreach (var kind in new[] { "org", "prj", "usr", "key", "inv", "aud" })
            Assert.Equal(
                tenants.VictimsId(kind),
                (await tenants.Victim.QueryAsync(
                    "query($id: ID!) { node(id: $id) { id } }", new { id = tenants.VictimsId(kind) })).Text("node.id"));
    }

    private DocumentBuilder Builder(ApiSchema schema) => new(schema, (field, input) => tenants.StrangersId(IdKinds.Of(field, input)));

    private async Task<(string Foreign, string Missing)> AskBothAsync(Func<string, string> document, string kind, bool live)
    {
        async Task<string> Ask(string id) => live ? await ListenAsync(document(id)) : await tenants.Stranger.QueryTextAsync(document(id));
        var (foreign, missing) = (await Ask(tenants.VictimsId(kind)), await Ask(tenants.MissingId(kind)));
        return (foreign, missing == foreign ? await Ask(tenants.VictimsMissingId(kind)) : missing);
    }

    /// <summary>The first event of a subscription, or nothing when it just stays open.</summary>
    private async Task<string> ListenAsync(string document)
    {
        var body = new StringContent(JsonSerializer.Serialize(new { query = document }), Encoding.UTF8, "application/json");
        using var answer = await tenants.Stranger.ListenAsync(body);
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

    private static bool IsUnserved(ApiField field, string answer) =>
        NotImplementedFields.All.Contains(field.ToString()) && Codes(answer).SequenceEqual(["NOT_IMPLEMENTED"]);

    private static string[] Codes(string answer) => JsonDocument.Parse(answer).RootElement.TryGetProperty("errors", out var errors)
        ? [.. errors.EnumerateArray().Select(e => e.TryGetProperty("extensions", out var more)
            && more.TryGetProperty("code", out var code) ? code.GetString()! : "")]
        : [];
}
