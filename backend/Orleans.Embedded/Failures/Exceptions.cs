namespace Orleans.Runtime;

/// <summary>A failure of the grain runtime itself, or of storage.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    public OrleansException() { }

    public OrleansException(string message) : base(message) { }

    public OrleansException(string message, Exception innerException) : base(message, innerException) { }
}

/// <summary>The call was refused before it ran; it may be sent again.</summary>
[GenerateSerializer]
public class OrleansMessageRejectionException(string message) : OrleansException(message);

/// <summary>A grain has more calls waiting than it may have; nothing of this call ran.</summary>
[GenerateSerializer]
public class LimitExceededException(string message) : OrleansException(message);

/// <summary>A grain's stream ended because its activation did; what arrived is all there was.</summary>
[GenerateSerializer]
public sealed class EnumerationAbortedException(string message) : Exception(message);
