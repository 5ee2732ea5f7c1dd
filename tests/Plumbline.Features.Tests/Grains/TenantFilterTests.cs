using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Comments;
using Plumbline.Features.Datasets;
using Plumbline.Features.Playground;
using Plumbline.Features.Prompts;
using Plumbline.Features.Reviews;
using Plumbline.Features.Samples;
using Plumbline.Features.Traces;
using Plumbline.Features.Traces.Grains;

namespace Plumbline.Features.Tests.Grains;

/// <summary>The wall between tenants behind the access check: nobody gets past it whom no tenant has let in.</summary>
public sealed class TenantFilterTests : IAsyncLifetime
{
    private ProductHost _host = null!;
    private Tenant _ann = null!;
    private Tenant _ben = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ProductHost.StartAsync(services =>
        {
            services.AddTraces().AddReviews().AddComments().AddPrompts().AddDatasets().AddPlayground().AddSamples();
            services.AddDataProtection();
        });
        (_ann, _ben) = (await _host.AddTenantAsync("ann"), await _host.AddTenantAsync("ben"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Whoever adds to these lists lets calls in that no tenant stands behind: see that they give nothing away.</summary>
    [Fact]
    public void AcrossTenants_AreTheseAlone()
    {
        string[] interfaces =
        [
            "IApiKeyGrain", "IEmailGrain", "IOrganizationSlugGrain", "IQuotaGrain", "IReviewerGrain", "ISessionGrain", "ISetupGrain", "IUserGrain",
        ];
        string[] methods =
        [
            "IOrganizationGrain.AddOwnerAsync", "IOrganizationGrain.AskToJoinAsync", "IOrganizationGrain.CreateAsync", "IOrganizationGrain.FindAsync",
            "IOrganizationGrain.FindInvitationAsync", "IOrganizationGrain.FindMemberAsync", "IOrganizationGrain.JoinAsync", "IProjectGrain.FindAsync",
        ];
        Assert.Equal(interfaces, Contracts().Where(i => i.IsDefined(typeof(AcrossTenantsAttribute))).Select(i => i.Name).Order());
        Assert.Equal(
            methods,
            Contracts().SelectMany(i => i.GetMethods()).Where(m =>
                m.IsDefined(typeof(AcrossTenantsAttribute))).Select(m => $"{m.DeclaringType!.Name}.{m.Name}").Order());
    }

    public static TheoryData<string, string> Guarded => new(
        from contract in Contracts()
        where !contract.IsDefined(typeof(AcrossTenantsAttribute))
        from method in contract.GetMethods()
        where !method.IsDefined(typeof(AcrossTenantsAttribute)) && typeof(Task).IsAssignableFrom(method.ReturnType)
        select (contract.Name, method.Name));

    [Theory, MemberData(nameof(Guarded))]
    public async Task Call_ForNoTenant_OrForAnother_IsRefused(string contract, string method)
    {
        using (CallScope.Begin()) Assert.Equal(FailureCode.NotFound, await RefusalAsync(contract, method));
        using (CallScope.For(_ben.Organization)) Assert.Equal(FailureCode.NotFound, await RefusalAsync(contract, method));
    }

    [Fact]
    public async Task Stream_ForAnotherTenant_IsRefused()
    {
        using var scope = CallScope.For(_ben.Organization);
        var shard = _host.Grains.GetGrain<ITraceShardGrain>(_ann.Key.Child("0"));
        var refused = await Assert.ThrowsAsync<RequestFailedException>(async () =>
        {
            await foreach (var _ in shard.WatchAsync(null, null, TestContext.Current.CancellationToken)) break;
        });
        Assert.Equal(FailureCode.NotFound, refused.Code);
    }

    [Fact]
    public async Task Project_ReachesItsOwn_AndWhatItsOrganizationKeepsForIt_ButNoSibling()
    {
        var sibling = (await _host.Grains.GetGrain<IOrganizationProjectsGrain>(_ann.Organization).CreateAsync("two", "Two"))!;
        using var scope = CallScope.For(_ann.Key.ToString());
        Assert.Empty(await _host.Grains.GetGrain<IPromptDirectoryGrain>(_ann.Key.ToString()).ListAsync(null));
        Assert.NotNull(await _host.Grains.GetGrain<IModelPricesGrain>(_ann.Organization).GetAsync(null));
        await Assert.ThrowsAsync<RequestFailedException>(() => _host.Grains.GetGrain<IPromptDirectoryGrain>(sibling.Key.ToString()).ListAsync(null));
    }

    // Grains call for their own tenant: saving the first version calls the directory of prompts, whoever asked for it.
    [Fact]
    public async Task Grain_CallsForItsOwnTenant()
    {
        using var scope = CallScope.For(_ann.Key.ToString());
        var content = new PromptContent { Messages = [new PromptMessage(MessageRole.User, "Hello")] };
        await _host.Grains.GetGrain<IPromptGrain>(_ann.Key.Child("greeting")).SaveAsync(new NewPromptVersion
        {
            Content = content,
            Source = VersionSource.Playground,
            AuthorId = _ann.Owner.ActorId,
        });
        Assert.Single(await _host.Grains.GetGrain<IPromptDirectoryGrain>(_ann.Key.ToString()).ListAsync(null));
    }

    private async Task<FailureCode?> RefusalAsync(string contract, string method)
    {
        var type = Contracts().Single(c => c.Name == contract);
        var grain = _host.Grains.GetGrain(type, KeyOf(type));
        var found = type.GetMethod(method)!;
        try
        {
            await (Task)found.Invoke(
                grain,
                [.. found.GetParameters().Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)])!;
            return null;
        }
        catch (RequestFailedException refused)
        {
            return refused.Code;
        }
    }

    // The grain exists where its key alone makes it, so that no refusal is one for want of it.
    private string KeyOf(Type contract) => contract.Name switch
    {
        "IOrganizationGrain" or "IOrganizationProjectsGrain" or "IAuditGrain" or "IModelPricesGrain" => _ann.Organization,
        "ITraceShardGrain" => _ann.Key.Child("0"),
        "IReviewQueueGrain" or "IDatasetGrain" or "ITraceCommentsGrain" or "ITraceOpeningsGrain" or "IPromptGrain" or "IPlaygroundRunGrain" =>
            _ann.Key.Child("abcdefghijkl"),
        _ => _ann.Key.ToString(),
    };

    private static IEnumerable<Type> Contracts() => new[] { typeof(CallScope).Assembly, typeof(TracesFeature).Assembly }
        .SelectMany(a => a.GetTypes()).Where(t => t.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(t));
}
