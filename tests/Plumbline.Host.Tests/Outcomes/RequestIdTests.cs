using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Outcomes;

/// <summary>What the name of a request stands for, and what not.</summary>
public sealed class RequestIdTests(World world) : IClassFixture<World>
{
    public static TheoryData<string> Named => [.. DeedsByRequestId.All.Select(d => d.Mutation)];

    [Theory]
    [MemberData(nameof(Named))]
    public async Task RequestId_WithAnotherInput_IsAConflict_AndChangesNothing(string mutation)
    {
        var deed = Deeds.Of(mutation);
        var input = await deed.Input(world);
        input["requestId"] = $"{Guid.NewGuid()}";
        await world.AskAsync(deed.Document, new { input });
        var changed = new Dictionary<string, object?>(input);
        deed.Change!(changed);
        Assert.Equal("CONFLICT", await CodeAsync(deed, changed));
        while (await deed.Count(world, input) < deed.Once) await Task.Yield();
        Assert.Equal(deed.Once, await deed.Count(world, input));
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task RequestId_ThatCannotBe_IsBadInput(string mutation)
    {
        var deed = Deeds.Of(mutation);
        var input = await deed.Input(world);
        foreach (var name in new[] { "", new string('x', 101), "two\nlines", "naïve" })
        {
            input["requestId"] = name;
            Assert.Equal("BAD_USER_INPUT", await CodeAsync(deed, input));
        }
        input["requestId"] = new string('~', 100);
        await world.AskAsync(deed.Document, new { input });
    }

    [Theory]
    [InlineData("createReviewQueue")]
    [InlineData("createApiKey")]
    [InlineData("addComment")]
    [InlineData("startPlaygroundRun")]
    public async Task RequestId_OfSomebodyElse_IsAnotherOne(string mutation)
    {
        var deed = Deeds.Of(mutation);
        var input = await deed.Input(world);
        input["requestId"] = "1";
        var (mine, theirs) = (await world.AskAsync(deed.Document, new { input }), await world.AskAsync(deed.Document, new { input }, world.Dan.Browser));
        Assert.NotEqual(IdIn(mine), IdIn(theirs));
        Assert.Equal(IdIn(theirs), IdIn(await world.AskAsync(deed.Document, new { input }, world.Dan.Browser)));
    }

    [Theory]
    [InlineData("createProject")]
    [InlineData("createReviewQueue")]
    [InlineData("createDataset")]
    [InlineData("startPlaygroundRun")]
    [InlineData("addToDataset")]
    public async Task Request_SentManyTimesAtOnce_IsCarriedOutOnce(string mutation)
    {
        var deed = Deeds.Of(mutation);
        var input = await deed.Input(world);
        input["requestId"] = $"{Guid.NewGuid()}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.AskAsync(deed.Document, new { input })));
        Assert.Single(answers.Select(IdIn).Distinct());
        while (await deed.Count(world, input) < deed.Once) await Task.Yield();
        Assert.Equal(deed.Once, await deed.Count(world, input));
    }

    [Fact]
    public async Task CreateApiKey_Repeated_PutsANewSecretInPlaceOfTheFirst_UntilItIsUsed()
    {
        var deed = Deeds.Of("createApiKey");
        var input = await deed.Input(world);
        input["requestId"] = "the key";
        async Task<string> Secret() => (await world.AskAsync(deed.Document, new { input })).Text("createApiKey.secret");
        using var first = world.WithKey(await Secret());
        using var second = world.WithKey(await Secret());
        const string Who = "{ viewer { apiKey { name } } }";
        Assert.Equal("UNAUTHENTICATED", Code(await world.AnswerAsync(Who, by: first)));
        Assert.Equal((string)input["name"]!, (await world.AskAsync(Who, by: second)).Text("viewer.apiKey.name"));
        Assert.Equal("CONFLICT", await CodeAsync(deed, input));
        await world.AskAsync(Who, by: second);
    }

    [Fact]
    public async Task CreateApiKey_Repeated_DoesNotReviveARevokedKey()
    {
        var deed = Deeds.Of("createApiKey");
        var input = await deed.Input(world);
        input["requestId"] = "revoked";
        var id = IdIn(await world.AskAsync(deed.Document, new { input }));
        await world.DoAsync("revokeApiKey", new { id }, "apiKey { id }");
        Assert.Equal("CONFLICT", await CodeAsync(deed, input));
    }

    [Fact]
    public async Task InviteMember_Repeated_PutsANewLinkInPlaceOfTheFirst_UntilItIsUsed()
    {
        var deed = Deeds.Of("inviteMember");
        var input = await deed.Input(world);
        input["requestId"] = "the guest";
        async Task<string> Token() => (await world.AskAsync(deed.Document, new { input })).Text("inviteMember.acceptUrl").Split('/')[^1];
        var (first, second) = (await Token(), await Token());
        Assert.Equal(404, await JoinAsync(first, "correct horse"));
        Assert.Equal(204, await JoinAsync(second, "correct horse"));
        Assert.Equal("CONFLICT", await CodeAsync(deed, input));
    }

    [Fact]
    public async Task InviteMember_Repeated_DoesNotUndoANewerInvitation()
    {
        var deed = Deeds.Of("inviteMember");
        var input = await deed.Input(world);
        input["requestId"] = "older";
        await world.AskAsync(deed.Document, new { input });
        var newer = await world.InviteAsync(world.OrganizationId, (string)input["email"]!, "VIEWER");
        Assert.Equal("CONFLICT", await CodeAsync(deed, input));
        Assert.Equal(204, await JoinAsync(newer, "correct horse"));
    }

    [Fact]
    public async Task AddToReviewQueue_Repeated_AddsNothingThatCameMeanwhile()
    {
        var deed = Deeds.Of("addToReviewQueue");
        var input = await deed.Input(world);
        input["requestId"] = "two of them";
        var first = await world.AskAsync(deed.Document, new { input });
        await world.SendTraceAsync();
        Assert.Equal(first.ToString(), (await world.AskAsync(deed.Document, new { input })).ToString());
    }

    [Fact]
    public async Task AddToDataset_Repeated_DoesNotBringBackWhatWasChanged()
    {
        var deed = Deeds.Of("addToDataset");
        var input = await deed.Input(world);
        input["requestId"] = "the examples";
        var first = await world.AskAsync(deed.Document, new { input });
        await world.DoAsync(
            "updateDatasetItem", new { id = (await world.ItemsAsync(input["datasetId"]))[^1], expected = "yes" },
            "item { id }");
        Assert.Equal(first.ToString(), (await world.AskAsync(deed.Document, new { input })).ToString());
        Assert.Equal(deed.Once, await deed.Count(world, input));
    }

    private async Task<int> JoinAsync(string token, string password)
    {
        using var browser = world.Browser();
        using var joined = await browser.PostAsJsonAsync("/signin/join", new { token, name = "Guest", password }, TestContext.Current.CancellationToken);
        return (int)joined.StatusCode;
    }

    private async Task<string?> CodeAsync(Deed deed, Dictionary<string, object?> input) => Code(await world.AnswerAsync(deed.Document, new { input }));

    private static string? Code(JsonElement answer) => answer.TryGetProperty("errors", out var errors) ? errors[0].Text("extensions.code") : null;

    /// <summary>The first id in an answer.</summary>
    private static string IdIn(JsonElement answer) => Ids(answer).First();

    private static IEnumerable<string> Ids(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().SelectMany(m => m.Name == "id" ? [m.Value.GetString()!] : Ids(m.Value))
        : [];
}
