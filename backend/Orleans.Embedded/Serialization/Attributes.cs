namespace Orleans
{
    /// <summary>Marks a type whose values may cross a grain boundary or be stored.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum, Inherited = false)]
    public sealed class GenerateSerializerAttribute : Attribute
    {
        /// <summary>Whether parameters of a record's primary constructor are serialized without an <see cref="IdAttribute"/>.</summary>
        public bool IncludePrimaryConstructorParameters { get; init; } = true;
    }

    /// <summary>The number of a serialized member, unique within its type and never reused.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Method, Inherited = false)]
    public sealed class IdAttribute(uint id) : Attribute
    {
        /// <summary>The member's number.</summary>
        public uint Id { get; } = id;
    }

    /// <summary>A name that stays the same when the type or method is renamed.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method, Inherited = false)]
    public sealed class AliasAttribute(string alias) : Attribute
    {
        /// <summary>The lasting name.</summary>
        public string Alias { get; } = alias;
    }

    /// <summary>Promises that nobody changes the value after it was sent, so that it may be shared instead of copied.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
    public sealed class ImmutableAttribute : Attribute;

    /// <summary>How long a caller of the method waits for its answer, as a <see cref="TimeSpan"/> in text, instead of the runtime's own time.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
    {
        /// <summary>The time, or null when the text is none.</summary>
        public TimeSpan? Timeout { get; } = TimeSpan.TryParse(timeout, out var parsed) ? parsed : null;
    }
}

namespace Orleans.Serialization
{
    /// <summary>A value of this type cannot cross a grain boundary.</summary>
    [GenerateSerializer]
    public sealed class CodecNotFoundException(string message) : Runtime.OrleansException(message);
}
