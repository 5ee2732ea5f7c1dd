using System.Collections.Concurrent;

namespace Plumbline.GraphQL.Types;

/// <summary>An executable schema. https://spec.graphql.org/September2025/#sec-Schema</summary>
internal sealed class Schema
{
    private readonly ConcurrentDictionary<NamedType, ObjectType[]> _possible = new();

    public string? Description { get; set; }

    public OrderedDictionary<string, NamedType> Types { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, DirectiveDefinition> Directives { get; } = new(StringComparer.Ordinal);

    public ObjectType? QueryType { get; set; }

    public ObjectType? MutationType { get; set; }

    public ObjectType? SubscriptionType { get; set; }

    public ObjectType[] ObjectTypes { get; set; } = [];

    /// <summary><c>__schema</c>, <c>__type</c>: fields of the query type that it does not list.</summary>
    public FieldDefinition SchemaField { get; set; } = null!;

    public FieldDefinition TypeField { get; set; } = null!;

    public FieldDefinition TypeNameField { get; set; } = null!;

    public NamedType? Type(string name) => Types.TryGetValue(name, out var type) ? type : null;

    public ObjectType? RootType(Language.OperationType operation) => operation switch
    {
        Language.OperationType.Query => QueryType,
        Language.OperationType.Mutation => MutationType,
        _ => SubscriptionType,
    };

    /// <summary>The field of that name, the meta fields included.</summary>
    public FieldDefinition? Field(NamedType type, string name)
    {
        if (type is CompositeType composite && composite.Fields.TryGetValue(name, out var field)) return field;
        if (name == "__typename" && type.IsComposite) return TypeNameField;
        if (type != QueryType) return null;
        return name switch
        {
            "__schema" => SchemaField,
            "__type" => TypeField,
            _ => null,
        };
    }

    public ObjectType[] PossibleTypes(NamedType type) => _possible.GetOrAdd(type, static (abstractType, schema) => abstractType switch
    {
        ObjectType self => [self],
        UnionType union => [.. union.Members],
        InterfaceType contract => [.. schema.ObjectTypes.Where(o => o.Interfaces.Contains(contract))],
        _ => [],
    }, this);

    public bool IsPossible(NamedType abstractType, ObjectType type) => abstractType switch
    {
        UnionType union => union.Members.Contains(type),
        InterfaceType contract => type.Interfaces.Contains(contract),
        _ => abstractType == type,
    };

    public bool IsSubType(NamedType abstractType, NamedType type) => abstractType switch
    {
        UnionType union => type is ObjectType member && union.Members.Contains(member),
        InterfaceType contract => type is CompositeType composite && composite.Interfaces.Contains(contract),
        _ => false,
    };

    public bool Overlap(NamedType a, NamedType b)
    {
        if (a == b) return true;
        if (a.IsAbstract && b.IsAbstract) return PossibleTypes(a).Any(t => IsPossible(b, t));
        if (a.IsAbstract) return IsSubType(a, b);
        return b.IsAbstract && IsSubType(b, a);
    }

    /// <summary>Whether every value of the first type is one of the second. https://spec.graphql.org/September2025/#IsSubType()</summary>
    public bool IsAssignable(GraphQLType from, GraphQLType to) => (from, to) switch
    {
        (NonNullType a, NonNullType b) => IsAssignable(a.Inner, b.Inner),
        (_, NonNullType) => false,
        (NonNullType a, _) => IsAssignable(a.Inner, to),
        (ListType a, ListType b) => IsAssignable(a.Item, b.Item),
        (NamedType a, NamedType b) => a == b || (b.IsAbstract && IsSubType(b, a)),
        _ => false,
    };

    public static bool SameType(GraphQLType a, GraphQLType b) => (a, b) switch
    {
        (NonNullType x, NonNullType y) => SameType(x.Inner, y.Inner),
        (ListType x, ListType y) => SameType(x.Item, y.Item),
        _ => a == b,
    };
}
