namespace Plumbline.ObjectStore.Azure.Tests.Faults;

/// <summary>What a request asks for.</summary>
public sealed record ProxiedRequest(string Method, string Target, string? BlobType)
{
    public bool IsAppend => Method == "PUT" && Target.Contains("comp=appendblock", StringComparison.Ordinal);

    public bool IsMark => Method == "PUT" && Target.Contains("comp=metadata", StringComparison.Ordinal);

    public bool IsPut => Method == "PUT" && BlobType == "BlockBlob" && !Target.Contains("comp=", StringComparison.Ordinal);

    public bool IsCreate => Method == "PUT" && BlobType == "AppendBlob" && !Target.Contains("comp=", StringComparison.Ordinal);

    public bool IsDelete => Method == "DELETE";

    public bool IsLook => Method == "HEAD";

    public bool IsGet => Method == "GET" && !Target.Contains("restype=", StringComparison.Ordinal);

    public bool IsList => Method == "GET" && Target.Contains("comp=list", StringComparison.Ordinal);

    public bool IsWrite => Method is "PUT" or "DELETE" && !Target.Contains("restype=", StringComparison.Ordinal);
}
