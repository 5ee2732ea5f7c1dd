using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts;

namespace Plumbline.Features.Tests.Grains;

/// <summary>What a caller is told of a call that was lost on the way: never that nothing was changed when something may have been.</summary>
public sealed class TransportFilterTests : IAsyncLifetime
{
    private const string Project = "abcdefghijkl/abcdefghijkl";
    private readonly LostCalls _lost = new();
    private ProductHost _host = null!;

    private IPromptGrain Prompt => _host.Grains.GetGrain<IPromptGrain>($"{Project}/greeting");

    public async ValueTask InitializeAsync() =>
        _host = await ProductHost.StartAsync(services => services.AddPrompts().AddSingleton<IOutgoingGrainCallFilter>(_lost));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<Exception> Faults => [new TimeoutException(), new SiloUnavailableException(), LostCalls.Rejection()];

    [Theory, MemberData(nameof(Faults))]
    public async Task Read_LostOnce_IsAskedAgain(Exception fault)
    {
        _lost.LoseNext(nameof(IPromptGrain.FindAsync), fault);
        using var scope = CallScope.For(Project);
        Assert.Null(await Prompt.FindAsync());
        Assert.Equal(2, _lost.Sent[nameof(IPromptGrain.FindAsync)]);
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task Read_LostTwice_IsUnavailable(Exception fault)
    {
        for (var i = 0; i < 2; i++) _lost.LoseNext(nameof(IPromptGrain.FindAsync), fault);
        using var scope = CallScope.For(Project);
        Assert.Equal(FailureCode.Unavailable, await CodeAsync(() => Prompt.FindAsync()));
    }

    /// <summary>What takes too long takes as long again, and makes whoever asked wait twice for nothing.</summary>
    [Fact]
    public async Task Read_StillAtWorkWhenItsTimeIsUp_IsTimedOut_AndNotAskedAgain()
    {
        _lost.LoseNext(nameof(IPromptGrain.FindAsync), Slow());
        using var scope = CallScope.For(Project);
        Assert.Equal(FailureCode.TimedOut, await CodeAsync(() => Prompt.FindAsync()));
        Assert.Equal(1, _lost.Sent[nameof(IPromptGrain.FindAsync)]);
    }

    [Fact]
    public async Task Read_StillAtWorkAfterAChange_IsUnknown()
    {
        using var scope = CallScope.For(Project);
        await SaveAsync("One");
        _lost.LoseNext(nameof(IPromptGrain.FindAsync), Slow());
        Assert.Equal(FailureCode.OutcomeUnknown, await CodeAsync(() => Prompt.FindAsync()));
    }

    [Fact]
    public async Task Change_RejectedOnce_IsMade_Once()
    {
        _lost.LoseNext(nameof(IPromptGrain.SaveAsync), LostCalls.Rejection());
        using var scope = CallScope.For(Project);
        Assert.Equal(1, (await SaveAsync("One")).Version.Number);
    }

    [Fact]
    public async Task Change_RejectedTwice_IsUnavailable_AndNothingWasChanged()
    {
        for (var i = 0; i < 2; i++) _lost.LoseNext(nameof(IPromptGrain.SaveAsync), LostCalls.Rejection());
        using var scope = CallScope.For(Project);
        Assert.Equal(FailureCode.Unavailable, await CodeAsync(() => SaveAsync("One")));
        Assert.Null(await Prompt.FindAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Change_WhoseReplyIsLost_IsUnknown_AndIsNotMadeAgain(bool siloGone)
    {
        _lost.LoseNext(nameof(IPromptGrain.SaveAsync), siloGone ? new SiloUnavailableException() : new TimeoutException(), afterItRan: true);
        using var scope = CallScope.For(Project);
        Assert.Equal(FailureCode.OutcomeUnknown, await CodeAsync(() => SaveAsync("One")));
        Assert.Equal(1, _lost.Sent[nameof(IPromptGrain.SaveAsync)]);
        Assert.Equal(1, (await Prompt.FindAsync())!.LatestNumber);
    }

    [Fact]
    public async Task Change_WhoseReplyIsLost_IsUnknown_OutsideOfAnyScopeToo()
    {
        _lost.LoseNext(nameof(IPromptGrain.SaveAsync), new TimeoutException(), afterItRan: true);
        Assert.Equal(FailureCode.OutcomeUnknown, await CodeAsync(() => SaveAsync("One")));
    }

    // The request as a whole has changed something: that a later part could not be reached must not be told as if it had not.
    [Fact]
    public async Task Read_LostAfterAChange_IsUnknown()
    {
        using var scope = CallScope.For(Project);
        await SaveAsync("One");
        for (var i = 0; i < 2; i++) _lost.LoseNext(nameof(IPromptGrain.FindAsync), new TimeoutException());
        Assert.Equal(FailureCode.OutcomeUnknown, await CodeAsync(() => Prompt.FindAsync()));
    }

    // The prompt's grain has written when it loses the reply of the directory. Asked again it finds what it wrote.
    [Fact]
    public async Task Change_WithinAGrain_WhoseReplyIsLost_IsUnknownToItsCaller()
    {
        _lost.LoseNext(nameof(IPromptDirectoryGrain.PutAsync), new TimeoutException(), afterItRan: true);
        using var scope = CallScope.For(Project);
        Assert.Equal(FailureCode.OutcomeUnknown, await CodeAsync(() => SaveAsync("One")));
        Assert.Equal((1, false), ((await SaveAsync("One")) is var saved ? (saved.Version.Number, saved.Created) : default));
    }

    [Fact]
    public async Task Overload_IsToldAsItIs_AndNotAddedTo()
    {
        _lost.LoseNext(nameof(IPromptGrain.FindAsync), new LimitExceededException("Too many."));
        using var scope = CallScope.For(Project);
        await Assert.ThrowsAsync<LimitExceededException>(() => Prompt.FindAsync());
        Assert.Equal(1, _lost.Sent[nameof(IPromptGrain.FindAsync)]);
    }

    /// <summary>As the runtime words it: see <see cref="Runtime.CallTests"/>.</summary>
    private static TimeoutException Slow() => new("Response did not arrive on time in 00:00:10 for message: a read. Last known status is running. ");

    private Task<SavedPromptVersion> SaveAsync(string text) => Prompt.SaveAsync(new NewPromptVersion
    {
        Content = new PromptContent { Messages = [new PromptMessage(MessageRole.User, text)] },
        Source = VersionSource.Playground,
        AuthorId = "ann",
    });

    private static async Task<FailureCode?> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<RequestFailedException>(call)).Code;
}
