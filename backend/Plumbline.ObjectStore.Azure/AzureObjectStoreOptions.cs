using Azure.Core;
using Plumbline.ObjectStore.Azure.Connecting;

namespace Plumbline.ObjectStore.Azure;

/// <summary>Settings of <see cref="AzureObjectStore"/>. Either <see cref="ConnectionString"/> or <see cref="Endpoint"/> says where the account is.</summary>
public sealed record AzureObjectStoreOptions
{
    /// <summary>The account with its key or a shared access signature, as the portal shows it.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The account's blob endpoint, such as <c>https://account.blob.core.windows.net</c>. With a query it is taken for a shared access
    /// signature; without one <see cref="Credential"/> signs in.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Who signs in at an <see cref="Endpoint"/> without a shared access signature; null for <c>DefaultAzureCredential</c>: environment,
    /// workload or managed identity, the developer's own sign-in.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>The container that holds everything; created when it is missing and the credential may do that.</summary>
    public required string Container { get; init; }

    /// <summary>How long one request may take, besides a second for every 4 MiB it carries. 1 s to 10 min.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request that fails for a passing reason is tried again before the caller hears of it. 0 to 10 min.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The mean pause before the first new attempt; each further one is twice as long. 1 ms to 1 min.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between attempts. <see cref="FirstPause"/> to 10 min.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many bytes of waiting appends are sent as one block. A larger single append is still one block up to 100 MiB. 1 to 100 MiB.</summary>
    public int BatchBytes { get; init; } = 4 << 20;

    /// <summary>From how many blocks on an object asks its owner to go on in another, see <see cref="IAppendObject.IsNearlyFull"/>.
    /// 1 to 49,999; the service takes 50,000.</summary>
    public int NearlyFullBlocks { get; init; } = 48_000;

    /// <summary>The clock behind timeouts and pauses.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How many blobs are listed with one request: as many as the service lists.</summary>
    internal int ListPage { get; init; } = 5000;

    /// <summary>Throws when something is missing or out of its bounds, and says all of it at once.</summary>
    /// <exception cref="ArgumentException">What is wrong, what was given and what is allowed.</exception>
    public void Validate() => OptionsCheck.Run(this);
}
