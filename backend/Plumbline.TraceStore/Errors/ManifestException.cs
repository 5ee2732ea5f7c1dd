namespace Plumbline.TraceStore;

/// <summary>The manifest cannot be read.</summary>
public sealed class ManifestException(string objectName, string reason) : Exception($"The manifest '{objectName}' cannot be read: {reason}.")
{
    /// <summary>The object.</summary>
    public string ObjectName { get; } = objectName;
}
