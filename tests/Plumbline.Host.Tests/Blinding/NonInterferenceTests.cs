using System.Text.Json.Nodes;
using Plumbline.Contracts;
using Plumbline.Host.Tests.Isolation;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding;

/// <summary>Two worlds that differ only in what a reviewer may not know give that reviewer the same bytes, whatever is asked.</summary>
[Collection(typeof(WorldsCollection))]
public sealed class NonInterferenceTests(Worlds worlds)
{
    /// <summary>Who asks: a reviewer, or a script with a key of theirs, which acts for them.</summary>
    public static TheoryData<bool> ByKey => [false, true];

    [Theory]
    [MemberData(nameof(ByKey))]
    public async Task WhatOthersSaid_DoesNotShow(bool byKey)
    {
        var first = await worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);
        var expected = await AskAllAsync(first, byKey);
        foreach (var opinion in Opinion.All.Skip(1))
        {
            var world = await worlds.MakeAsync(opinion, HiddenFacts.Usual);
            AssertDiffer(await LookAsync(first), await LookAsync(world));
            AssertSame(expected, await AskAllAsync(world, byKey), opinion.Name);
        }
    }

    [Theory]
    [MemberData(nameof(ByKey))]
    public async Task HiddenFacts_DoNotShow(bool byKey)
    {
        var first = await worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);
        var second = await worlds.MakeAsync(Opinion.Pass, HiddenFacts.Other);
        AssertDiffer(await LookAsync(first), await LookAsync(second));
        AssertSame(await AskAllAsync(first, byKey), await AskAllAsync(second, byKey), "facts");
    }

    [Theory]
    [InlineData("Query")]
    [InlineData("Project")]
    public async Task EveryField_IsAskedFor(string type)
    {
        var schema = await ApiSchema.ReadAsync(worlds.Reviewer);
        var world = new World("w", new ProjectKey("o", "p"), "prj", new AnyId());
        var asked = Requests.For(world, ["MODEL"]).Select(r => r.Field).ToHashSet();
        var missing = schema.Fields(type).Select(f => f.ToString()).Where(f => !asked.Contains(f) && f != "Query.project");
        Assert.Empty(missing);
    }

    private async Task<List<(Request Request, string Answer)>> AskAllAsync(World world, bool byKey)
    {
        if (!byKey) return await AskAllAsync(worlds.Reviewer, world);
        using var key = await worlds.KeyAsync(worlds.Reviewer, world, "READ", "WRITE", "PLAYGROUND");
        return await AskAllAsync(key, world);
    }

    private static async Task<List<(Request Request, string Answer)>> AskAllAsync(ServerClient person, World world)
    {
        var facets = (await person.QueryAsync("{ __type(name: \"FacetField\") { enumValues { name } } }")).At("__type.enumValues");
        var answers = new List<(Request, string)>();
        foreach (var request in Requests.For(world, [.. facets.EnumerateArray().Select(f => f.Text("name"))]))
        {
            var answer = await person.QueryTextAsync(request.Document);
            answers.Add((request, Sameness.Of(request.Field is "Viewer.reviewInbox" or "Viewer.joinableQueues" ? InThisWorld(answer, world) : answer, world)));
        }
        return answers;
    }

    /// <summary>The inbox, and what may be joined, go across projects; the other worlds' queues are none of this one's.</summary>
    private static string InThisWorld(string answer, World world)
    {
        var json = JsonNode.Parse(answer)!;
        var inbox = json["data"]!["viewer"]!.AsObject().Single().Value!.AsArray();
        foreach (var queue in inbox.Where(q => NodeId.ParseInProject(q!["id"]!.GetValue<string>(), NodeKinds.ReviewQueue).Project != world.Project).ToList())
            inbox.Remove(queue);
        return json.ToJsonString();
    }

    /// <summary>What somebody sees who is blinded to nothing: the worlds have to differ, or the comparison would prove nothing.</summary>
    private async Task<string> LookAsync(World world) => Sameness.Of(await worlds.Owner.QueryTextAsync(
        $"{{ project(id: \"{world.ProjectId}\") {{ traces {{ nodes {{ traceId models durationMs userId comments {{ body }} verdict {{ label "
            + "disputed reviews { reasoning correctedOutput } } } } } }"), world);

    private static void AssertDiffer(string first, string second)
    {
        Assert.DoesNotContain("\"errors\"", first);
        Assert.NotEqual(first, second);
    }

    private static void AssertSame(List<(Request Request, string Answer)> expected, List<(Request Request, string Answer)> actual, string world)
    {
        Assert.Equal(expected.Select(e => e.Request.Field), actual.Select(a => a.Request.Field));
        var leaks = expected.Zip(actual).Where(p => p.First.Answer != p.Second.Answer).Select(p =>
            Difference(p.First.Request, p.First.Answer, p.Second.Answer)).ToList();
        Assert.True(leaks.Count == 0, $"{leaks.Count} of {expected.Count} answers tell the world '{world}':\n{string.Join("\n", leaks)}");
        string[] faults = ["\"BAD_USER_INPUT\"", "\"INTERNAL\""];
        Assert.Equal(
            "",
            string.Join(
                "\n",
                expected.Where(e => !e.Request.Field.StartsWith("Mutation.", StringComparison.Ordinal)
                    && faults.Any(e.Answer.Contains)).Select(e => e.Answer)));
    }

    /// <summary>The request, and both answers from a little before where they part.</summary>
    private static string Difference(Request request, string first, string second)
    {
        const int before = 60, shown = 160;
        var same = first.Zip(second).TakeWhile(c => c.First == c.Second).Count();
        string Part(string answer) => answer[Math.Max(0, same - before)..Math.Min(answer.Length, same + shown)];
        return $"{request.Document[..Math.Min(request.Document.Length, shown)]}\n  …{Part(first)}\n  …{Part(second)}";
    }

    /// <summary>An id for anything, where only the fields count.</summary>
    private sealed class AnyId : Dictionary<string, string>, IReadOnlyDictionary<string, string>
    {
        string IReadOnlyDictionary<string, string>.this[string key] => key;
    }
}
