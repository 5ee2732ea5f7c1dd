using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.Features.Playground.Api;

namespace Plumbline.Features.Tests.Playground;

/// <summary>Resolvers of the playground with real grains and the real permission checks.</summary>
public sealed class PlaygroundApiTests(SharedProduct shared) : IAsyncLifetime
{
    private ProductHost _host = null!;
    private Tenant _tenant = null!;

    private RunMutations Runs => ActivatorUtilities.CreateInstance<RunMutations>(_host.Services);

    private ProviderMutations Providers => ActivatorUtilities.CreateInstance<ProviderMutations>(_host.Services);

    private string Demo => NodeId.Format(NodeKinds.ModelProvider, _tenant.Key, ModelProviderView.DemoId);

    public async ValueTask InitializeAsync()
    {
        _host = await shared.HostAsync();
        _tenant = await _host.AddTenantAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private StartPlaygroundRunInput Input(
        PromptContentInput? content = null, int? number = null, string inputs = """{"q":"Why?"}""", string? providerId = null,
        string? model = null) =>
        new(_tenant.Project.Id, "answer", number, content, JsonElement.Parse(inputs), providerId ?? Demo, model);

    private static PromptContentInput Content(string template = "{{q}}", string? model = "demo-echo") => new(
        [new(MessageRole.User, template)], [new("q", VariableType.String, true, null, null, null)], model, null, null, null, null, null);

    private IPromptGrain Prompt => _host.Grains.GetGrain<IPromptGrain>(_tenant.Key.Child("answer"));

    [Fact]
    public async Task Start_UnsavedContent_IsSavedFirstAndTheRunBelongsToIt()
    {
        var run = (await Runs.StartPlaygroundRun(Input(Content()), _tenant.Owner, default)).Run;
        Assert.Equal(("answer", 1), (run.PromptName, run.PromptNumber));
        var again = (await Runs.StartPlaygroundRun(Input(Content()), _tenant.Owner, default)).Run;
        Assert.Equal(1, again.PromptNumber);
        Assert.NotEqual(run.Id, again.Id);
        Assert.Equal(1, (await Prompt.FindAsync())!.LatestNumber);
    }

    [Fact]
    public async Task Start_InputsDoNotFit_LeavesNoVersion()
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() =>
            Runs.StartPlaygroundRun(Input(Content(), inputs: """{"q":1,"x":2}"""), _tenant.Owner, default));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
        Assert.Contains("The variable q needs a text", refused.Message);
        Assert.Contains("There is no variable x", refused.Message);
        Assert.Null(await Prompt.FindAsync());
    }

    [Theory]
    [InlineData("x\n")]
    [InlineData("a b")]
    public async Task Start_UnderWhatIsNoName_IsRefused(string name)
    {
        var input = Input(Content()) with { PromptName = name };
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Runs.StartPlaygroundRun(input, _tenant.Owner, default));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
    }

    [Fact]
    public async Task Start_ByNumber_RunsThatVersion()
    {
        await Runs.StartPlaygroundRun(Input(Content("one {{q}}")), _tenant.Owner, default);
        await Runs.StartPlaygroundRun(Input(Content("two {{q}}")), _tenant.Owner, default);
        var old = (await Runs.StartPlaygroundRun(Input(number: 1), _tenant.Owner, default)).Run;
        Assert.Equal("one Why?", old.Messages.Single().Text);
        Assert.Equal(2, (await Runs.StartPlaygroundRun(Input(), _tenant.Owner, default)).Run.PromptNumber);
        Assert.Equal(
            FailureCode.BadUserInput,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Runs.StartPlaygroundRun(Input(number: 9), _tenant.Owner, default))).Code);
    }

    [Fact]
    public async Task Start_NoModelAnywhere_AsksForOne()
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Runs.StartPlaygroundRun(Input(Content(model: null)), _tenant.Owner, default));
        Assert.Contains("Choose a model", refused.Message);
        Assert.Null(await Prompt.FindAsync());
    }

    [Fact]
    public async Task Start_WithoutPermissionOrFromOutside_IsRefused()
    {
        var viewer = await _host.AddMemberAsync(_tenant, Role.Viewer);
        Assert.Equal(
            FailureCode.Forbidden,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Runs.StartPlaygroundRun(Input(Content()), viewer, default))).Code);
        var stranger = (await _host.AddTenantAsync()).Owner;
        Assert.Equal(
            FailureCode.NotFound,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Runs.StartPlaygroundRun(Input(Content()), stranger, default))).Code);
    }

    [Fact]
    public async Task Start_WithAProviderOfAnotherProject_IsNotFound()
    {
        var other = await _host.AddTenantAsync();
        var foreign = NodeId.Format(NodeKinds.ModelProvider, other.Key, ModelProviderView.DemoId);
        Assert.Equal(
            FailureCode.NotFound,
            (await Assert.ThrowsAsync<RequestFailedException>(() =>
                Runs.StartPlaygroundRun(Input(Content(), providerId: foreign), _tenant.Owner, default))).Code);
    }

    [Fact]
    public async Task Subscription_OfARun_StreamsThenFinishes()
    {
        var run = (await Runs.StartPlaygroundRun(Input(Content()), _tenant.Owner, default)).Run;
        var owner = _tenant.Owner with { CredentialHash = RandomId.New() };
        await _host.Grains.GetGrain<ISessionGrain>(owner.CredentialHash!).StartAsync(owner.UserId!, _host.Now.AddDays(1));
        var subscription = ActivatorUtilities.CreateInstance<RunSubscription>(_host.Services);
        var events = new List<object>();
        await foreach (var happened in subscription.PlaygroundRun(run.Id, owner, default)) events.Add(happened);
        var finished = Assert.IsType<PlaygroundFinished>(events[^1]).Run;
        Assert.Equal(RunStatus.Succeeded, finished.Status);
        Assert.Equal(finished.Output, string.Concat(events.OfType<PlaygroundDelta>().Select(d => d.Text)));
        var stranger = (await _host.AddTenantAsync()).Owner;
        await Assert.ThrowsAsync<RequestFailedException>(async () =>
        {
            await foreach (var happened in subscription.PlaygroundRun(run.Id, stranger, default)) Assert.Fail($"A stranger saw {happened}.");
        });
    }

    [Fact]
    public async Task SaveProvider_ByAManager_SealsTheKeyAndShowsAHint()
    {
        var input = new SaveModelProviderInput(_tenant.Project.Id, null, "Team", ModelProviderKind.Openai, null, "sk-verysecretkey", ["gpt"], 10);
        var provider = (await Providers.SaveModelProvider(input, _tenant.Owner, default)).Provider;
        Assert.Equal(("https://api.openai.com/v1", "…tkey"), (provider.BaseUrl, provider.SecretHint));
        var sme = await _host.AddMemberAsync(_tenant, Role.Sme);
        Assert.Equal(
            FailureCode.Forbidden,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Providers.SaveModelProvider(input with { Name = "Mine" }, sme, default))).Code);
        var listed = await ActivatorUtilities.CreateInstance<ProjectProviderResolvers>(_host.Services).Providers(_tenant.Project, sme, default);
        Assert.Equal(["Team", "Demo (not a language model)"], listed.Select(p => p.Name));
        await Providers.DeleteModelProvider(new(provider.Id), _tenant.Owner, default);
        Assert.Equal(
            FailureCode.BadUserInput,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Providers.DeleteModelProvider(new(Demo), _tenant.Owner, default))).Code);
    }
}
