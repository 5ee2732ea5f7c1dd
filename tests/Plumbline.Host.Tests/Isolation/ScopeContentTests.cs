using Plumbline.Host.Tests.Blinding;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Isolation;

/// <summary>What traces say comes out by no field and no change for a key that may not read it, whatever else the key may do.</summary>
[Collection(typeof(WorldsCollection))]
public sealed class ScopeContentTests(Worlds worlds)
{
    private const string Reads = "READ";
    private const string ReadsReviews = "READ_REVIEWS";

    /// <summary>What the spans of a world say, and what examples made of them say.</summary>
    private static readonly string[] Contents = ["It is plain.", "It is blind.", "On its way.", "Refunds take five days."];

    /// <summary>What was said of a trace that nobody is to judge any more.</summary>
    private static readonly string[] Said = [
        "\"Plain.\"", "Plain, said in every world.", "\"disputed\":false", "\"disputed\":true", "\"passRate\":{", "\"consensus\":"
    ];

    [Fact]
    public async Task OnlyKeysThatRead_GetContent()
    {
        var world = await worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);
        var scopes = await EnumAsync("ApiKeyScope");
        Assert.Contains(Reads, scopes);
        foreach (var scope in scopes.Where(s => s != Reads)) Assert.Equal("", await LeaksAsync(world, scope));
        Assert.Equal("", await LeaksAsync(world, [.. scopes.Where(s => s != Reads)]));
        // The same requests show it to a key that reads: they would find a leak.
        Assert.NotEqual("", await LeaksAsync(world, Reads));
    }

    /// <summary>What reviewers and colleagues said is not part of what READ reads: whoever was given such a key may be a reviewer.</summary>
    [Fact]
    public async Task OnlyKeysThatReadReviews_GetWhatPeopleSaid()
    {
        var world = await worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);
        string[] all = await EnumAsync("ApiKeyScope");
        Assert.Equal("", await LeaksAsync(Said, world, [.. all.Where(s => s != ReadsReviews)]));
        Assert.NotEqual("", await LeaksAsync(Said, world, all));
    }

    private Task<string> LeaksAsync(World world, params string[] scopes) => LeaksAsync(Contents, world, scopes);

    private async Task<string> LeaksAsync(string[] contents, World world, params string[] scopes)
    {
        using var key = await worlds.KeyAsync(world, scopes);
        var leaks = new List<string>();
        foreach (var request in Requests.For(world, await EnumAsync("FacetField")))
        {
            var answer = await key.QueryTextAsync(request.Document);
            if (contents.Any(c => answer.Contains(c, StringComparison.Ordinal))) leaks.Add($"{string.Join('+', scopes)}: {request.Document}");
        }
        return string.Join('\n', leaks);
    }

    private async Task<string[]> EnumAsync(string name)
    {
        var type = (await worlds.Owner.QueryAsync($"{{ __type(name: \"{name}\") {{ enumValues {{ name }} }} }}")).GetProperty("__type");
        return [.. type.GetProperty("enumValues").EnumerateArray().Select(v => v.Text("name"))];
    }
}
