using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Playground;

/// <summary>The model providers of a project. Key: <c>organization/project</c>. Callers have passed the permission check.</summary>
[Alias("IModelProvidersGrain")]
public interface IModelProvidersGrain : IGrainWithStringKey
{
    /// <summary>All providers by name, the built-in one last.</summary>
    [Alias("ListAsync"), Repeatable]
    Task<ImmutableArray<ModelProviderView>> ListAsync();

    /// <summary>A provider with its sealed secret; null when there is none.</summary>
    [Alias("FindAsync"), Repeatable]
    Task<ModelProviderAccess?> FindAsync(string providerId);

    /// <summary>Makes or changes a provider. The same request to make one again gets the one it has made.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND, CONFLICT (its name is taken) or BAD_USER_INPUT (too many).</exception>
    [Alias("SaveAsync")]
    Task<ModelProviderView> SaveAsync(ModelProviderChange change);

    /// <summary>Removes a provider and its secret.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND.</exception>
    [Alias("DeleteAsync")]
    Task DeleteAsync(string providerId);

    /// <summary>Adds what a run cost. Nothing happens when the provider is gone.</summary>
    [Alias("RecordSpendAsync")]
    Task RecordSpendAsync(string providerId, decimal usd);
}
