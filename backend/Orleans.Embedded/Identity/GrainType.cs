namespace Orleans.Runtime
{
    /// <summary>The first part of a <see cref="GrainId"/>: which class of grains it belongs to.</summary>
    public readonly record struct GrainType(IdSpan Value) : IComparable<GrainType>
    {
        /// <summary>Makes one from text.</summary>
        public static GrainType Create(string value) => new(IdSpan.Create(value));

        /// <inheritdoc/>
        public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

        /// <inheritdoc/>
        public override string ToString() => Value.ToString();
    }
}

namespace Orleans
{
    /// <summary>The lasting name of a grain class in identities and in storage; without it the class name in lower case, less "grain", is used.</summary>
    [AttributeUsage(AttributeTargets.Class, Inherited = false)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        /// <summary>The name.</summary>
        public string GrainType { get; } = grainType;
    }
}
