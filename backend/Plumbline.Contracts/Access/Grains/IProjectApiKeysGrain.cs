using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>The API keys of a project; the key is <c>organization/project</c>.</summary>
[Alias("IProjectApiKeysGrain")]
public interface IProjectApiKeysGrain : IGrainWithStringKey
{
    /// <summary>Makes a key whose secret has this SHA-256 (hex). The same request again gives its key this secret in place of the first,
    /// which nobody has seen.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: there are too many, or the key that this request made is in use or revoked.
    /// FORBIDDEN: by now its maker may not do what it would, or the key that made it has ended.</exception>
    [Alias("CreateAsync")]
    Task<ApiKeyView> CreateAsync(string secretHash, NewApiKey key);

    /// <summary>All keys of the project, revoked ones too, newest first.</summary>
    [Alias("ListAsync"), Repeatable]
    Task<ImmutableArray<ApiKeyView>> ListAsync();

    [Alias("FindAsync"), Repeatable]
    Task<ApiKeyView?> FindAsync(string keyId);

    /// <summary>Ends a key and those that were made with it; ending it again changes nothing.</summary>
    /// <returns>The revoked keys, the one that was named first; none when there is none of this id.</returns>
    [Alias("RevokeAllAsync")]
    Task<ImmutableArray<ApiKeyView>> RevokeAsync(string keyId);

    /// <summary>Keys that may still be used and act for a person, and may do more than this; newest first.</summary>
    [Alias("BeyondAsync"), Repeatable]
    Task<ImmutableArray<ApiKeyView>> BeyondAsync(string personId, PermissionSet allowed);

    /// <summary>The keys that act for a person and may do more than this are another person's from now on, or are revoked with those that were made with
    /// them.</summary>
    /// <returns>What was changed.</returns>
    /// <param name="personId">The person whose rights have changed.</param>
    /// <param name="allowed">What that person may do from now on.</param>
    /// <param name="toPersonId">The other person; null: all are revoked.</param>
    /// <param name="toAllowed">What the other person may do: keys that may do more are revoked.</param>
    [Alias("SettleAsync")]
    Task<SettledKeys> SettleAsync(string personId, PermissionSet allowed, string? toPersonId, PermissionSet toAllowed);
}
