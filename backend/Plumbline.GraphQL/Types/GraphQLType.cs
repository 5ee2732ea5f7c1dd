namespace Plumbline.GraphQL.Types;

/// <summary>A type as a field or argument has it. https://spec.graphql.org/September2025/#sec-Types</summary>
internal abstract class GraphQLType
{
    /// <summary>Without list and non-null wrappers.</summary>
    public abstract NamedType Named { get; }

    /// <summary>Without the outermost non-null wrapper.</summary>
    public virtual GraphQLType Nullable => this;

    public bool IsNonNull => this is NonNullType;

    public bool IsInput => Named is ScalarType or EnumType or InputObjectType;

    public bool IsOutput => Named is not InputObjectType;

    public bool IsLeaf => this is ScalarType or EnumType;

    public bool IsComposite => this is CompositeType or UnionType;

    public bool IsAbstract => this is InterfaceType or UnionType;
}

internal sealed class ListType(GraphQLType item) : GraphQLType
{
    public readonly GraphQLType Item = item;

    public override NamedType Named => Item.Named;

    public override string ToString() => $"[{Item}]";
}

internal sealed class NonNullType(GraphQLType inner) : GraphQLType
{
    public readonly GraphQLType Inner = inner;

    public override NamedType Named => Inner.Named;

    public override GraphQLType Nullable => Inner;

    public override string ToString() => $"{Inner}!";
}
