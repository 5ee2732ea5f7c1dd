namespace Plumbline.GraphQL.Language;

/// <summary>A type as written. https://spec.graphql.org/September2025/#sec-Type-References</summary>
internal abstract class TypeNode : Node;

internal sealed class NamedTypeNode(Name name) : TypeNode
{
    public readonly Name Name = name;

    public override NodeKind Kind => NodeKind.NamedType;

    public override string ToString() => Name.Value;
}

internal sealed class ListTypeNode(TypeNode item) : TypeNode
{
    public readonly TypeNode Item = item;

    public override NodeKind Kind => NodeKind.ListType;

    public override string ToString() => $"[{Item}]";
}

internal sealed class NonNullTypeNode(TypeNode inner) : TypeNode
{
    public readonly TypeNode Inner = inner;

    public override NodeKind Kind => NodeKind.NonNullType;

    public override string ToString() => $"{Inner}!";
}
