using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Samples;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Access.State;
using Plumbline.Features.Playground.Models;
using Plumbline.Features.Tests.Prompts;
using Plumbline.Features.Tests.Reviews;
using Plumbline.Features.Tests.Traces;
using Plumbline.Features.Traces.Grains;

namespace Plumbline.Features.Tests.Grains;

/// <summary>Something for each kind of grain to remember.</summary>
internal sealed class KeptByGrains(ProductHost host, Tenant tenant)
{
    private string Project => tenant.Key.ToString();

    /// <summary>Gives the grain of a type something to keep.</summary>
    public Task<Kept> ByAsync(string grainType) => Scripts.TryGetValue(grainType, out var script)
        ? script(this)
        : throw new InvalidOperationException($"Nothing says yet what the grain '{grainType}' keeps.");

    private static Dictionary<string, Func<KeptByGrains, Task<Kept>>> Scripts { get; } = new()
    {
        ["apikey"] = k => k.ApiKeyAsync(),
        ["audit"] = k => k.AuditAsync(),
        ["commented"] = k => k.CommentedAsync(),
        ["comments"] = k => k.CommentsAsync(),
        ["dataset"] = k => k.DatasetAsync(),
        ["datasets"] = k => k.DatasetsAsync(),
        ["email"] = k => k.EmailAsync(),
        ["modelprices"] = k => k.PricesAsync(),
        ["modelproviders"] = k => k.ProvidersAsync(),
        ["organization"] = k => k.OrganizationAsync(),
        ["organizationprojects"] = k => k.OrganizationProjectsAsync(),
        ["organizationslug"] = k => k.SlugAsync(),
        ["playgroundrun"] = k => k.RunAsync(),
        ["project"] = k => k.ProjectAsync(),
        ["projectapikeys"] = k => k.ApiKeysAsync(),
        ["prompt"] = k => k.PromptAsync(),
        ["promptdirectory"] = k => k.PromptsAsync(),
        ["reviewer"] = k => k.ReviewerAsync(),
        ["reviewqueue"] = k => k.QueueAsync(),
        ["reviewqueues"] = k => k.QueuesAsync(),
        ["sample"] = k => k.SampleAsync(),
        ["session"] = k => k.SessionAsync(),
        ["setup"] = k => k.SetupAsync(),
        ["traceopenings"] = k => k.OpeningsAsync(),
        ["traceshard"] = k => k.ShardAsync(),
        ["user"] = k => k.UserAsync(),
    };

    private T Grain<T>(string key) where T : IGrainWithStringKey => host.Grains.GetGrain<T>(key);

    private static async Task<Kept> Of(IAddressable grain, Func<Task<object?>> read) => new(grain, await read(), read);

    private async Task<string> MakeApiKeyAsync()
    {
        var hash = RandomId.New();
        await Grain<IProjectApiKeysGrain>(Project).CreateAsync(hash, new NewApiKey(tenant.Key, RandomId.New(), "Key", "pl_abc", [ApiKeyScope.Read]));
        return hash;
    }

    private async Task<Kept> ApiKeyAsync()
    {
        var grain = Grain<IApiKeyGrain>(await MakeApiKeyAsync());
        return await Of(grain, async () => await grain.FindAsync());
    }

    private async Task<Kept> ApiKeysAsync()
    {
        await MakeApiKeyAsync();
        var grain = Grain<IProjectApiKeysGrain>(Project);
        return await Of(grain, async () => await grain.ListAsync());
    }

    private async Task<Kept> AuditAsync()
    {
        var grain = Grain<IAuditGrain>(tenant.Organization);
        await grain.AppendAsync(new AuditEntry("ann", "tested", "nothing"));
        return await Of(grain, async () => await grain.ListAsync(new AuditQuery(), null, 10));
    }

    private async Task<Kept> CommentsAsync()
    {
        var grain = Grain<ITraceCommentsGrain>(tenant.Key.Child(TracesHost.Id(1)));
        await grain.AddAsync(new NewComment { AuthorId = "ann", Body = "Wrong." });
        return await Of(grain, async () => await grain.ListAsync());
    }

    private async Task<Kept> CommentedAsync()
    {
        var grain = Grain<ICommentedTracesGrain>(Project);
        await grain.AddAsync(TracesHost.Id(1));
        return await Of(grain, async () => await grain.ListAsync());
    }

    private async Task<Kept> DatasetAsync()
    {
        var grain = Grain<IDatasetGrain>(tenant.Key.Child(RandomId.New()));
        await grain.CreateAsync("D", null, "ann");
        await grain.AddAsync([new NewDatasetItem(new DatasetContent { InputsJson = "1" }, null)], "ann", []);
        return await Of(grain, async () => (await grain.GetItemsAsync(new DatasetQuery(10, null, null, null))).Items);
    }

    private async Task<Kept> DatasetsAsync()
    {
        var grain = Grain<IDatasetsGrain>(Project);
        await grain.AddAsync(new DatasetName("d", "D"));
        return await Of(grain, async () => await grain.ListAsync());
    }

    private async Task<Kept> EmailAsync()
    {
        var email = $"{RandomId.New()}@example.com";
        await host.AddPersonAsync(email);
        var grain = Grain<IEmailGrain>(EmailAddress.GrainKey(email));
        return await Of(grain, async () => await grain.FindUserAsync());
    }

    private async Task<Kept> PricesAsync()
    {
        var grain = Grain<IModelPricesGrain>(tenant.Organization);
        await grain.SaveAsync(new OrganizationPrice { Model = "m", InputUsdPerMillion = 1, OutputUsdPerMillion = 2, ValidFrom = new DateOnly(2026, 1, 7) });
        return await Of(grain, async () => await grain.GetAsync(null));
    }

    private async Task<Kept> ProvidersAsync()
    {
        var grain = Grain<IModelProvidersGrain>(Project);
        await grain.SaveAsync(new ModelProviderChange
        {
            Name = "Team",
            Kind = ModelProviderKind.Openai,
            BaseUrl = "https://example.com/v1",
            SealedSecret = "sealed",
            Models = ["a"],
        });
        return await Of(grain, async () => await grain.ListAsync());
    }

    private async Task<Kept> OrganizationAsync()
    {
        await host.AddMemberAsync(tenant, Role.Sme);
        var grain = Grain<IOrganizationGrain>(tenant.Organization);
        return await Of(grain, async () => await grain.MembersAsync());
    }

    private async Task<Kept> OrganizationProjectsAsync()
    {
        var grain = Grain<IOrganizationProjectsGrain>(tenant.Organization);
        await grain.CreateAsync("second", "Second");
        return await Of(grain, async () => await grain.ListAsync());
    }

    private async Task<Kept> SlugAsync()
    {
        var slug = RandomId.New();
        var grain = Grain<IOrganizationSlugGrain>(slug);
        await grain.CreateAsync(new NewOrganization(slug, "Slug", tenant.Owner.UserId));
        return await Of(grain, async () => await grain.FindAsync());
    }

    private async Task<Kept> RunAsync()
    {
        var grain = Grain<IPlaygroundRunGrain>(tenant.Key.Child(RandomId.New()));
        await grain.StartAsync(new NewPlaygroundRun
        {
            PromptName = "answer",
            PromptNumber = 1,
            InputsJson = "{}",
            Messages = [new("user", [new("Why?", null)])],
            Content = PromptMother.Content(),
            ProviderId = ModelProviderView.DemoId,
            Model = DemoModel.Echo,
            StartedBy = "ann",
        });
        Assert.NotEqual(0, await grain.WatchAsync(CancellationToken.None).CountAsync());
        return await Of(grain, async () => await grain.FindAsync());
    }

    private async Task<Kept> ProjectAsync()
    {
        var grain = Grain<IProjectGrain>(Project);
        await grain.UpdateSettingsAsync(new ProjectSettings { RetentionDays = 30 });
        return await Of(grain, async () => new object?[] { await grain.FindAsync(), await grain.SettingsAsync() });
    }

    private async Task<Kept> PromptAsync()
    {
        var grain = Grain<IPromptGrain>(tenant.Key.Child("answer"));
        await grain.SaveAsync(PromptMother.Version());
        return await Of(grain, async () => await grain.FindVersionAsync(1));
    }

    private async Task<Kept> PromptsAsync()
    {
        await PromptAsync();
        var grain = Grain<IPromptDirectoryGrain>(Project);
        return await Of(grain, async () => await grain.ListAsync(null));
    }

    private async Task<Kept> ReviewerAsync()
    {
        var grain = Grain<IReviewerGrain>(RandomId.New());
        await grain.JoinAsync(new QueueReference(tenant.Key, "q"));
        return await Of(grain, async () => await grain.QueuesAsync());
    }

    private async Task<Kept> QueueAsync()
    {
        var grain = Grain<IReviewQueueGrain>(tenant.Key.Child(RandomId.New()));
        await QueueGrainTests.CreateAsync(grain, ["ann"], items: 2, reviewsPerItem: 1);
        await grain.SubmitAsync(QueueGrainTests.Pass((await grain.ClaimAsync("ann"))!, "ann"));
        return await Of(grain, async () => (await grain.GetItemsAsync(new QueueViewer(null, false), 10, null, null)).Items);
    }

    private async Task<Kept> QueuesAsync()
    {
        var grain = Grain<IReviewQueuesGrain>(Project);
        await grain.AddAsync("q");
        return await Of(grain, async () => await grain.ListAsync());
    }

    /// <summary>Asked a second time by the same activation it would refuse: that a loading goes on ends with the process.</summary>
    private async Task<Kept> SampleAsync()
    {
        var grain = Grain<ISampleGrain>(Project);
        return new Kept(grain, await grain.BeginAsync("first"), async () => await grain.BeginAsync("first"));
    }

    private async Task<Kept> SessionAsync()
    {
        var grain = Grain<ISessionGrain>(RandomId.New());
        await grain.StartAsync("ann", host.Now.AddDays(1));
        return await Of(grain, async () => await grain.FindUserAsync());
    }

    private async Task<Kept> SetupAsync()
    {
        var grain = Grain<ISetupGrain>(ISetupGrain.Key);
        Assert.True(await grain.IssueOwnerLinkAsync("hash", host.Now.AddDays(1)));
        return await Of(grain, async () => await grain.IsOpenAsync("hash"));
    }

    private async Task<Kept> OpeningsAsync()
    {
        var grain = Grain<ITraceOpeningsGrain>(tenant.Key.Child("ann"));
        await grain.RecordAsync(TracesHost.Id(1));
        return await Of(grain, async () => await grain.HasOpenedAsync(TracesHost.Id(1)));
    }

    private async Task<Kept> ShardAsync()
    {
        await new TracesHost(host, tenant).SendAsync(1);
        var grain = Grain<ITraceShardGrain>(tenant.Key.Child("0"));
        return await Of(grain, async () => await grain.GetTraceAsync(TracesHost.Id(1), default));
    }

    private async Task<Kept> UserAsync()
    {
        var grain = Grain<IUserGrain>(tenant.Owner.UserId!);
        return await Of(grain, async () => new object?[] { await grain.FindAsync(), await grain.OrganizationsAsync() });
    }
}

/// <summary>A grain, what it says now, and how it is asked again.</summary>
internal sealed record Kept(IAddressable Grain, object? Before, Func<Task<object?>> Read);
