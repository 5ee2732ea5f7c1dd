using System.Xml;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace Plumbline.ObjectStore.Azure.Requests;

/// <summary>What the service and the way to it say, in the store's words.</summary>
internal static class BlobFaults
{
    /// <summary>Whether it is of the service or of the way to it, and not of this program.</summary>
    public static bool IsFault(Exception exception) => exception
        is RequestFailedException or OperationCanceledException or IOException or HttpRequestException or AuthenticationFailedException
            or AggregateException or FormatException or XmlException;

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool IsPassing(Exception exception) => Cause(exception) switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        RequestFailedException e => e.ErrorCode == BlobErrorCode.ContainerBeingDeleted,
        AuthenticationFailedException or AggregateException or FormatException => false,
        _ => true,
    };

    /// <summary>Whether the service may have done what was asked although it did not say so.</summary>
    public static bool MayHaveHappened(Exception exception) => Cause(exception) switch
    {
        RequestFailedException { Status: 0, InnerException: HttpRequestException inner } => !NeverConnected(inner),
        RequestFailedException { Status: 429 or (> 0 and < 500 and not 408) } => false,
        RequestFailedException e => e.ErrorCode != BlobErrorCode.ServerBusy,
        HttpRequestException e => !NeverConnected(e),
        AuthenticationFailedException or FormatException => false,
        _ => true,
    };

    /// <summary>Whether the blob is not there; another thing than its container, which is never missing while it is in use.</summary>
    public static bool IsMissing(RequestFailedException failure) => failure.Status == 404 && failure.ErrorCode != BlobErrorCode.ContainerNotFound;

    /// <summary>Whether the blob is not as the request's conditions want it.</summary>
    public static bool IsRefused(RequestFailedException failure) => failure switch
    {
        { Status: 412 } => failure.ErrorCode != BlobErrorCode.LeaseIdMissing,
        { Status: 409 } => failure.ErrorCode == BlobErrorCode.BlobAlreadyExists || IsOfAnotherType(failure),
        _ => IsMissing(failure),
    };

    /// <summary>Whether the blob is an append blob where a block blob was meant, or the other way round.</summary>
    public static bool IsOfAnotherType(RequestFailedException failure) => failure.ErrorCode == BlobErrorCode.InvalidBlobType;

    public static StorageUnavailableException Unavailable(string name, Exception exception, bool isWrite, bool mayHaveHappened)
    {
        var cause = Cause(exception);
        var (fault, detail) = Describe(cause, isWrite);
        if (isWrite && mayHaveHappened) (fault, detail) = (StorageFault.Uncertain, $"it may have been written, but {detail}");
        return new StorageUnavailableException(name, fault, detail, cause);
    }

    private static (StorageFault Fault, string Detail) Describe(Exception cause, bool isWrite) => cause switch
    {
        RequestFailedException { Status: 401 or 403 } e => Forbidden(e, isWrite),
        RequestFailedException e when e.ErrorCode == BlobErrorCode.ContainerNotFound =>
            (StorageFault.Failed, "its container is gone. Make it again, with what was in it."),
        RequestFailedException e when e.ErrorCode == "BlockCountExceedsLimit" =>
            (StorageFault.Full, $"it has {Limits.MostBlocks} blocks, and the service takes no more. Go on in another object."),
        RequestFailedException e when e.ErrorCode == "BlobImmutableDueToPolicy" || e.ErrorCode == BlobErrorCode.LeaseIdMissing =>
            (StorageFault.ReadOnly, $"the service lets nobody change it ({e.ErrorCode}). Remove the policy or the lease; no restart is needed."),
        XmlException => (StorageFault.Failed, "the answer is not one of the storage service. Look at what lies between it and this machine."),
        RequestFailedException { Status: 0 } e => (StorageFault.Failed, $"the storage service cannot be reached: {FirstLine(e.InnerException ?? e)}"),
        RequestFailedException e => (StorageFault.Failed, $"the storage service answered {e.Status} {e.ErrorCode}".TrimEnd() + "."),
        FormatException e => (StorageFault.Failed, $"its metadata are none that this store writes: {FirstLine(e)} Take away what else writes to its blob."),
        OperationCanceledException => (StorageFault.Failed, "the storage service did not answer in time."),
        AuthenticationFailedException e => (
            StorageFault.Failed, $"signing in at the storage account failed: {FirstLine(e)} Name a credential, or give this process an identity."),
        _ => (StorageFault.Failed, $"the storage service cannot be reached: {FirstLine(cause)}"),
    };

    private static (StorageFault Fault, string Detail) Forbidden(RequestFailedException failure, bool isWrite)
    {
        var code = failure.ErrorCode;
        if (code == BlobErrorCode.AuthenticationFailed || code == BlobErrorCode.InvalidAuthenticationInfo)
            return (StorageFault.Failed, $"the storage account refuses the credential ({code}). Check the key or signature, when it ends, and this machine's clock.");
        if (code == "AuthorizationFailure")
            return (StorageFault.Failed, $"the storage account refuses this machine or its credential ({code}). Check the account's network rules and roles.");
        if (code == BlobErrorCode.NoAuthenticationInformation || code == BlobErrorCode.AccountIsDisabled)
            return (StorageFault.Failed, $"the storage account lets nobody in without a credential, or is disabled ({code}).");
        var needed = "Give it read, add, create, write, delete and list on the container, or the role Storage Blob Data Contributor; no restart is needed.";
        return (isWrite ? StorageFault.ReadOnly : StorageFault.Failed, $"the credential may not do this ({code ?? "403"}). {needed}");
    }

    private static bool NeverConnected(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private static Exception Cause(Exception exception) => exception is AggregateException { InnerExceptions: [.., var last] } ? Cause(last) : exception;

    private static string FirstLine(Exception exception) => exception.Message.Split('\n', 2)[0].TrimEnd();
}
