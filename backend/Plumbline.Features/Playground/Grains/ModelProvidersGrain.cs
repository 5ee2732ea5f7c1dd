using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Playground;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Playground.Grains;

/// <summary>The providers of a project.</summary>
[GenerateSerializer, Alias("ModelProvidersState"), Immutable]
internal sealed record ModelProvidersState
{
    [Id(0)] public ImmutableArray<StoredProvider> Providers { get; init; } = [];
}

/// <summary>A provider as it is kept.</summary>
[GenerateSerializer, Alias("StoredProvider"), Immutable]
internal sealed record StoredProvider
{
    [Id(0)] public required string ProviderId { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required ModelProviderKind Kind { get; init; }

    [Id(3)] public required string BaseUrl { get; init; }

    [Id(4)] public string? SealedSecret { get; init; }

    [Id(5)] public string? SecretHint { get; init; }

    [Id(6)] public ImmutableArray<string> Models { get; init; } = [];

    [Id(7)] public decimal? MonthlyBudgetUsd { get; init; }

    /// <summary>The month of <see cref="SpentUsd"/>, as yyyy-MM.</summary>
    [Id(8)] public string? SpentMonth { get; init; }

    [Id(9)] public decimal SpentUsd { get; init; }

    /// <summary><see cref="RequestKey.Content"/> of the request that made it.</summary>
    [Id(10)] public string? RequestContent { get; init; }

    public decimal SpentIn(string month) => SpentMonth == month ? SpentUsd : 0;
}

[GrainType("modelproviders")]
internal sealed class ModelProvidersGrain(
    [PersistentState("providers", "grains")] IPersistentState<ModelProvidersState> stored, TimeProvider clock, IOptions<PlaygroundOptions> options)
    : Grain, IModelProvidersGrain
{
    private ProjectKey Project => ProjectKey.Parse(this.GetPrimaryKeyString());

    private string Month => clock.GetUtcNow().ToString("yyyy-MM");

    public Task<ImmutableArray<ModelProviderView>> ListAsync() =>
        Task.FromResult(stored.State.Providers.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(View).Append(Demo()).ToImmutableArray());

    public Task<ModelProviderAccess?> FindAsync(string providerId)
    {
        if (providerId == ModelProviderView.DemoId) return Task.FromResult<ModelProviderAccess?>(new(Demo(), null));
        return Task.FromResult(Known(providerId) is { } provider ? new ModelProviderAccess(View(provider), provider.SealedSecret) : null);
    }

    public async Task<ModelProviderView> SaveAsync(ModelProviderChange change)
    {
        if (change.ProviderId is null && change.Request is { } request && Known(request.Id) is { } made)
        {
            request.RequireSame(made.RequestContent);
            return View(made);
        }
        var before = change.ProviderId is null ? null : Known(change.ProviderId) ?? throw Failure.NotFound();
        if (stored.State.Providers.Any(p => p != before && string.Equals(p.Name, change.Name, StringComparison.OrdinalIgnoreCase)))
            throw Failure.Conflict($"A provider named '{change.Name}' is there already. Choose another name.");
        if (before is null && stored.State.Providers.Length >= options.Value.MaxProviders)
            throw Failure.BadInput($"The project has {options.Value.MaxProviders} providers, the most it may have.");
        // A key goes only to the address that it was given for.
        var keepsSecret = change.SealedSecret is null && before is not null && before.BaseUrl == change.BaseUrl;
        var after = new StoredProvider
        {
            ProviderId = before?.ProviderId ?? change.Request?.Id ?? RandomId.New(),
            Name = change.Name,
            Kind = change.Kind,
            BaseUrl = change.BaseUrl,
            SealedSecret = keepsSecret ? before!.SealedSecret : change.SealedSecret,
            SecretHint = keepsSecret ? before!.SecretHint : change.SecretHint,
            Models = change.Models,
            MonthlyBudgetUsd = change.MonthlyBudgetUsd,
            SpentMonth = before?.SpentMonth,
            SpentUsd = before?.SpentUsd ?? 0,
            RequestContent = before is null ? change.Request?.Content : before.RequestContent,
        };
        await Replace(before, after);
        return View(after);
    }

    public async Task DeleteAsync(string providerId)
    {
        var provider = Known(providerId) ?? throw Failure.NotFound();
        await stored.SaveAsync(new() { Providers = stored.State.Providers.Remove(provider) });
    }

    public async Task RecordSpendAsync(string providerId, decimal usd)
    {
        if (Known(providerId) is { } provider) await Replace(provider, provider with { SpentMonth = Month, SpentUsd = provider.SpentIn(Month) + usd });
    }

    private StoredProvider? Known(string providerId) => stored.State.Providers.FirstOrDefault(p => p.ProviderId == providerId);

    private Task Replace(StoredProvider? before, StoredProvider after) =>
        stored.SaveAsync(new() { Providers = before is null ? stored.State.Providers.Add(after) : stored.State.Providers.Replace(before, after) });

    private ModelProviderView View(StoredProvider provider) => new()
    {
        Project = Project,
        ProviderId = provider.ProviderId,
        Name = provider.Name,
        Kind = provider.Kind,
        BaseUrl = provider.BaseUrl,
        Models = provider.Models,
        SecretHint = provider.SecretHint,
        MonthlyBudgetUsd = provider.MonthlyBudgetUsd,
        SpentThisMonthUsd = provider.SpentIn(Month),
    };

    private ModelProviderView Demo() => new()
    {
        Project = Project,
        ProviderId = ModelProviderView.DemoId,
        Name = "Demo (not a language model)",
        Kind = ModelProviderKind.Demo,
        BaseUrl = "built-in:",
        Models = Playground.Models.DemoModel.Names,
    };
}
