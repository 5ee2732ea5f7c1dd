using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Outcomes;

/// <summary>Whatever call of a mutation is lost on the way, its answer is true, and repeating it leaves what one undisturbed request would have left.</summary>
public sealed class LostReplyTests(World world) : IClassFixture<World>
{
    public static TheoryData<string> Mutations => [.. Deeds.All.Select(d => d.Mutation)];

    public static TheoryData<string> Quick => [.. Deeds.All.Where(d => !d.IsLong).Select(d => d.Mutation)];

    /// <summary>The reply to each call is lost in turn, after the call has run.</summary>
    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task Mutation_WithAReplyLost_IsOutcomeUnknown_AndDoneOnceWhenRepeated(string mutation)
    {
        var deed = await BeginAsync(mutation);
        var (plain, calls) = await UndisturbedAsync(deed);
        foreach (var call in calls)
        {
            var lost = await LoseAsync(deed, call, Loss.Reply, 1);
            Assert.True(CodeOf(lost.Answer) == "OUTCOME_UNKNOWN", $"{call}: {lost.Answer}");
            await CheckRepeatAsync(deed, lost, plain, call);
        }
    }

    /// <summary>Each call is lost in turn before it runs; once, so that it is sent again without a word.</summary>
    [Theory]
    [MemberData(nameof(Quick))]
    public async Task Mutation_WithACallLost_IsDoneAllTheSame(string mutation)
    {
        var deed = await BeginAsync(mutation);
        var (plain, calls) = await UndisturbedAsync(deed);
        foreach (var call in calls)
        {
            var lost = await LoseAsync(deed, call, Loss.Call, 1);
            Assert.True(CodeOf(lost.Answer) is null, $"{call}: {lost.Answer}");
            Assert.Equal((call, plain), (call, Shape(lost.Answer)));
            await CheckDoneAsync(deed, lost.Input, call);
        }
    }

    /// <summary>Each call is lost in turn and when it is sent again: nothing was changed, or nobody can tell.</summary>
    [Theory]
    [MemberData(nameof(Quick))]
    public Task Mutation_WithACallLostForGood_SaysTrulyWhatWasChanged(string mutation) => CheckTruthAsync(mutation, Loss.Call, 2);

    /// <summary>Each grain in turn says that its storage takes no writes.</summary>
    [Theory]
    [MemberData(nameof(Quick))]
    public Task Mutation_WithAGrainThatCannotWrite_SaysTrulyWhatWasChanged(string mutation) => CheckTruthAsync(mutation, Loss.Storage, 1);

    private async Task CheckTruthAsync(string mutation, Loss loss, int times)
    {
        var deed = await BeginAsync(mutation);
        var (plain, calls) = await UndisturbedAsync(deed);
        foreach (var call in calls)
        {
            var lost = await LoseAsync(deed, call, loss, times);
            var code = CodeOf(lost.Answer);
            Assert.True(code is "UNAVAILABLE" or "OUTCOME_UNKNOWN", $"{call}: {lost.Answer}");
            if (call == calls[0]) Assert.Equal((call, "UNAVAILABLE"), (call, code));
            if (code == "UNAVAILABLE") Assert.Equal((call, lost.Before), (call, await deed.Count(world, lost.Input)));
            await CheckRepeatAsync(deed, lost, plain, call);
        }
    }

    private async Task<Deed> BeginAsync(string mutation)
    {
        await world.BeginAsync();
        return Deeds.Of(mutation);
    }

    private async Task<(string Plain, IReadOnlyList<string> Calls)> UndisturbedAsync(Deed deed)
    {
        var input = await InputAsync(deed);
        JsonElement answer = default;
        var calls = await world.Network.ChangesDuringAsync(async () => answer = await SendAsync(deed, input));
        Assert.True(CodeOf(answer) is null, answer.ToString());
        Assert.NotEmpty(calls);
        await CheckDoneAsync(deed, input, "undisturbed");
        return (Shape(answer), deed.IsLong ? [.. calls.DistinctBy(c => c.Split(' ')[0])] : calls);
    }

    private async Task<LostRequest> LoseAsync(Deed deed, string call, Loss loss, int times)
    {
        var input = await InputAsync(deed);
        var before = await deed.Count(world, input);
        world.Network.Lose(call, loss, times);
        var answer = await SendAsync(deed, input);
        Assert.True(world.Network.Stop(), $"{call} was not made.");
        return new LostRequest(input, answer, before);
    }

    /// <summary>Sends the very same request again, twice: the answers name the same things, of which there is one.</summary>
    private async Task CheckRepeatAsync(Deed deed, LostRequest lost, string plain, string call)
    {
        var again = await SendAsync(deed, lost.Input);
        await CheckDoneAsync(deed, lost.Input, call);
        var andAgain = await SendAsync(deed, lost.Input);
        await CheckDoneAsync(deed, lost.Input, call);
        if (deed.Repeat == Repeat.ByBeingGone)
        {
            Assert.True(CodeOf(again) is null or "NOT_FOUND", $"{call}: {again}");
            return;
        }
        Assert.True(CodeOf(again) is null, $"{call}: {again}");
        Assert.Equal((call, plain), (call, Shape(again)));
        Assert.Equal((call, Facts(again)), (call, Facts(andAgain)));
    }

    private async Task CheckDoneAsync(Deed deed, Dictionary<string, object?> input, string call)
    {
        var count = await deed.Count(world, input);
        for (var tries = 0; tries < 100 && count < deed.Once; tries++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            count = await deed.Count(world, input);
        }
        Assert.Equal((call, deed.Once), (call, count));
        if (deed.Audits is { } audits) Assert.Equal((call, 1), (call, await audits(world, input)));
    }

    private async Task<Dictionary<string, object?>> InputAsync(Deed deed)
    {
        var input = await deed.Input(world);
        if (deed.Repeat == Repeat.ByRequestId) input["requestId"] = Guid.NewGuid().ToString();
        return input;
    }

    private Task<JsonElement> SendAsync(Deed deed, Dictionary<string, object?> input) => world.AnswerAsync(deed.Document, new { input }, deed.By(world));

    private static string? CodeOf(JsonElement answer) => answer.TryGetProperty("errors", out var errors) ? errors[0].Text("extensions.code") : null;

    /// <summary>An answer without what differs between two requests for the same: numbers, constants and the form are left.</summary>
    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",", value.EnumerateObject().Select(m => $"{m.Name}:{Shape(m.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(",", value.EnumerateArray().Select(Shape))}]",
        JsonValueKind.String => value.GetString()!.All(c => char.IsAsciiLetterUpper(c) || c == '_') ? value.GetString()! : "text",
        _ => value.GetRawText(),
    };

    /// <summary>An answer without secrets, which are shown once.</summary>
    private static string Facts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object =>
            string.Join(",", value.EnumerateObject().Where(m => m.Name is not ("secret" or "acceptUrl")).Select(m => $"{m.Name}:{Facts(m.Value)}")),
        JsonValueKind.Array => string.Join(";", value.EnumerateArray().Select(Facts)),
        _ => value.GetRawText(),
    };

    /// <summary>A request one of whose calls was lost.</summary>
    private sealed record LostRequest(Dictionary<string, object?> Input, JsonElement Answer, int Before);
}
