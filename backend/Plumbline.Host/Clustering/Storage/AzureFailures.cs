using Azure;
using Azure.Identity;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Clustering.Storage;

/// <summary>What failures of the storage account mean.</summary>
internal static class AzureFailures
{
    private const int NoAnswer = 0;
    private const int Forbidden = 403;
    private const int FirstOfTheirs = 500;

    /// <summary>The failure in the words of our store; null when it is none of the account.</summary>
    /// <param name="failure">What the client threw.</param>
    /// <param name="isWrite">Whether something was to be changed: it may have been, when nobody answered.</param>
    public static ObjectStoreException? Of(Exception failure, bool isWrite) => failure switch
    {
        RequestFailedException e => new StorageUnavailableException(e.ErrorCode ?? "storage account", FaultOf(e.Status, isWrite), FirstLine(e), e),
        AuthenticationFailedException e => new StorageUnavailableException("storage account", StorageFault.Failed, FirstLine(e), e),
        AggregateException { InnerExceptions: [.., var last] } => Of(last, isWrite), // the attempts, of which the last tells most
        _ => null,
    };

    private static StorageFault FaultOf(int status, bool isWrite) => status switch
    {
        NoAnswer or >= FirstOfTheirs when isWrite => StorageFault.Uncertain,
        Forbidden when isWrite => StorageFault.ReadOnly,
        _ => StorageFault.Failed,
    };

    private static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].TrimEnd();
}
