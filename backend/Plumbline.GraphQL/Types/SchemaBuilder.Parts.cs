using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>Types as written, input values, roots and defaults.</summary>
internal sealed partial class SchemaBuilder
{
    private GraphQLType? Resolve(TypeNode node, string where)
    {
        var type = VariableCoercion.TypeFrom(_schema, node);
        if (type is null) _errors.Add($"Unknown type in {where}: {node}.");
        return type;
    }

    private InputValue[] Arguments(InputValueDefinitionNode[] nodes, string where)
    {
        List<InputValue> arguments = [];
        foreach (var node in nodes)
        {
            if (Input(node, arguments.Count, $"{where}({node.Name}:)") is not { } argument) continue;
            if (arguments.Exists(a => a.Name == argument.Name)) _errors.Add($"Argument \"{where}({node.Name}:)\" can only be defined once.");
            else arguments.Add(argument);
        }
        return [.. arguments];
    }

    private InputValue? Input(InputValueDefinitionNode node, int index, string where) =>
        Resolve(node.Type, where) is not { } type ? null : new InputValue(node.Name.Value, index, type)
        {
            Description = node.Description?.Value,
            DeprecationReason = Deprecation(node.Directives),
            DefaultLiteral = node.DefaultValue,
        };

    private static string? Deprecation(DirectiveNode[] directives)
    {
        if (!Array.Exists(directives, d => d.Name.Value == "deprecated")) return null;
        return DirectiveText(directives, "deprecated", "reason") ?? "No longer supported";
    }

    private static string? DirectiveText(DirectiveNode[] directives, string name, string argument)
    {
        var directive = Array.Find(directives, d => d.Name.Value == name);
        var value = directive is null ? null : Array.Find(directive.Arguments, a => a.Name.Value == argument)?.Value;
        return (value as StringValueNode)?.Value;
    }

    private void FindRoots(DefinitionNode[] definitions)
    {
        var schemaNodes = definitions.OfType<SchemaNode>().ToArray();
        if (schemaNodes.Count(n => !n.IsExtension) > 1) _errors.Add("Must provide only one schema definition.");
        var given = schemaNodes.SelectMany(n => n.OperationTypes).ToArray();
        _schema.QueryType = Root(given, OperationType.Query, "Query", schemaNodes.Length > 0);
        _schema.MutationType = Root(given, OperationType.Mutation, "Mutation", schemaNodes.Length > 0);
        _schema.SubscriptionType = Root(given, OperationType.Subscription, "Subscription", schemaNodes.Length > 0);
        if (_schema.QueryType is null) _errors.Add("Query root type must be provided.");
    }

    private ObjectType? Root(OperationTypeDefinitionNode[] given, OperationType operation, string usualName, bool hasSchemaNode)
    {
        var nodes = Array.FindAll(given, g => g.Operation == operation);
        if (nodes.Length > 1) _errors.Add($"There can be only one {operation.ToString().ToLowerInvariant()} type in schema.");
        var name = nodes.Length > 0 ? nodes[0].Type.Name.Value : hasSchemaNode ? null : usualName;
        if (name is null || _schema.Type(name) is not { } type)
        {
            if (nodes.Length > 0) _errors.Add($"Unknown type \"{name}\".");
            return null;
        }
        if (type is ObjectType root) return root;
        _errors.Add($"{operation} root type must be Object type, it cannot be {type}.");
        return null;
    }

    private void AddMetaFields()
    {
        if (_schema.QueryType is not { } query || _schema.Type("__Schema") is not ObjectType schemaType || _schema.Type("__Type") is not ObjectType typeType)
            return;
        var text = _schema.Types["String"];
        _schema.SchemaField = new FieldDefinition(
            "__schema", query, new NonNullType(schemaType))
        { Description = "Access the current type schema of this server." };
        _schema.TypeField = new FieldDefinition("__type", query, typeType)
        {
            Description = "Request the type information of a single type.",
            Arguments = [new InputValue("name", 0, new NonNullType(text))],
        };
        _schema.TypeNameField = new FieldDefinition(
            "__typename", query, new NonNullType(text))
        { Description = "The name of the current Object type at runtime." };
    }

    /// <summary>Input types refer to each other: the defaults of an inner type are coerced before the default that needs them.</summary>
    private void CoerceDefaults()
    {
        HashSet<InputValue> done = [];
        foreach (var type in _schema.Types.Values)
        {
            if (type is InputObjectType input)
            {
                foreach (var field in input.Fields.Values) CoerceDefault(field, $"{input}.{field.Name}", done);
            }
            if (type is not CompositeType composite) continue;
            foreach (var field in composite.Fields.Values)
            {
                foreach (var argument in field.Arguments) CoerceDefault(argument, $"{field}({argument.Name}:)", done);
            }
        }
        foreach (var directive in _schema.Directives.Values)
        {
            foreach (var argument in directive.Arguments) CoerceDefault(argument, $"@{directive.Name}({argument.Name}:)", done);
        }
    }

    private void CoerceDefault(InputValue value, string where, HashSet<InputValue> done)
    {
        if (value.DefaultLiteral is null || !done.Add(value)) return;
        if (value.Type.Named is InputObjectType inner)
        {
            foreach (var field in inner.Fields.Values) CoerceDefault(field, $"{inner}.{field.Name}", done);
        }
        try
        {
            value.Default = LiteralCoercion.Coerce(value.DefaultLiteral, value.Type, null);
        }
        catch (InputCoercionException wrong)
        {
            _errors.Add($"{where} has an invalid default value: {wrong.Message}");
        }
    }
}
