using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>A field of an object or interface type.</summary>
internal sealed class FieldDefinition(string name, CompositeType owner, GraphQLType type)
{
    public string Name { get; } = name;

    public CompositeType Owner { get; } = owner;

    public GraphQLType Type { get; } = type;

    public string? Description { get; init; }

    public string? DeprecationReason { get; init; }

    public bool IsDeprecated => DeprecationReason is not null;

    public InputValue[] Arguments { get; init; } = [];

    /// <summary>How the field is resolved; null for fields of interfaces.</summary>
    public Execution.FieldResolver? Resolver { get; set; }

    public InputValue? Argument(string name)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == name) return argument;
        }
        return null;
    }

    public override string ToString() => $"{Owner.Name}.{Name}";
}

/// <summary>An argument or a field of an input object.</summary>
internal sealed class InputValue(string name, int index, GraphQLType type)
{
    public string Name { get; } = name;

    /// <summary>Position among its siblings.</summary>
    public int Index { get; } = index;

    public GraphQLType Type { get; } = type;

    public string? Description { get; init; }

    public string? DeprecationReason { get; init; }

    public bool IsDeprecated => DeprecationReason is not null;

    public ValueNode? DefaultLiteral { get; init; }

    /// <summary>The coerced default; meaningful when <see cref="DefaultLiteral"/> is there.</summary>
    public object? Default { get; set; }

    public bool IsRequired => Type.IsNonNull && DefaultLiteral is null;
}

internal sealed class DirectiveDefinition(string name, InputValue[] arguments, bool isRepeatable, string[] locations)
{
    public string Name { get; } = name;

    public InputValue[] Arguments { get; } = arguments;

    public bool IsRepeatable { get; } = isRepeatable;

    public string[] Locations { get; } = locations;

    public string? Description { get; init; }

    public DirectiveDefinitionNode? Node { get; init; }
}
