using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>How definitions fit each other: interfaces, directives in use, cycles of required inputs.</summary>
internal sealed partial class SchemaValidator
{
    /// <summary>https://spec.graphql.org/September2025/#IsValidImplementation()</summary>
    private void CheckImplements(CompositeType type, InterfaceType contract)
    {
        if (type == contract)
        {
            errors.Add($"Type {type} cannot implement itself because it would create a circular reference.");
            return;
        }
        foreach (var inherited in contract.Interfaces.Where(i => !type.Interfaces.Contains(i)))
            errors.Add($"Type {type} must implement {inherited} because it is implemented by {contract}.");
        foreach (var expected in contract.Fields.Values)
        {
            if (!type.Fields.TryGetValue(expected.Name, out var field))
            {
                errors.Add($"Interface field {expected} expected but {type} does not provide it.");
                continue;
            }
            if (!schema.IsAssignable(field.Type, expected.Type))
                errors.Add($"Interface field {expected} expects type {expected.Type} but {field} is type {field.Type}.");
            foreach (var argument in expected.Arguments)
            {
                if (field.Argument(argument.Name) is not { } found)
                    errors.Add($"Interface field argument {expected}({argument.Name}:) expected but {field} does not provide it.");
                else if (!Schema.SameType(found.Type, argument.Type))
                    errors.Add($"Interface field argument {expected}({argument.Name}:) expects type {argument.Type} but {field}({argument.Name}:) "
                        + $"is type {found.Type}.");
            }
            foreach (var extra in field.Arguments.Where(a => a.IsRequired && expected.Argument(a.Name) is null))
                errors.Add($"Argument \"{field}({extra.Name}:)\" must not be required type \"{extra.Type}\" if not provided by the Interface field "
                    + $"\"{expected}\".");
        }
    }

    private void CheckUses(DirectiveNode[] directives, string location, string where)
    {
        foreach (var use in directives)
        {
            var name = use.Name.Value;
            if (!schema.Directives.TryGetValue(name, out var definition))
            {
                errors.Add($"Unknown directive \"@{name}\" on {where}.");
                continue;
            }
            if (Array.IndexOf(definition.Locations, location) < 0) errors.Add($"Directive \"@{name}\" may not be used on {location} ({where}).");
            if (!definition.IsRepeatable && directives.Count(d => d.Name.Value == name) > 1 && directives.First(d => d.Name.Value == name) == use)
                errors.Add($"The directive \"@{name}\" can only be used once at this location ({where}).");
            CheckUse(use, definition, where);
        }
    }

    private void CheckUse(DirectiveNode use, DirectiveDefinition definition, string where)
    {
        foreach (var argument in use.Arguments)
        {
            var expected = Array.Find(definition.Arguments, a => a.Name == argument.Name.Value);
            if (expected is null)
            {
                errors.Add($"Unknown argument \"{argument.Name}\" on directive \"@{definition.Name}\" ({where}).");
                continue;
            }
            try
            {
                LiteralCoercion.Coerce(argument.Value, expected.Type, null);
            }
            catch (InputCoercionException wrong)
            {
                errors.Add($"{wrong.Message} (@{definition.Name}({argument.Name}:) on {where})");
            }
        }
        foreach (var missing in definition.Arguments.Where(a => a.IsRequired && !Array.Exists(use.Arguments, g => g.Name.Value == a.Name)))
            errors.Add($"Directive \"@{definition.Name}\" argument \"{missing.Name}\" of type \"{missing.Type}\" is required, but it was not "
                + $"provided ({where}).");
    }

    /// <summary>An input object that requires itself can never be written.</summary>
    private void CheckCycles()
    {
        HashSet<InputObjectType> finished = [];
        List<InputValue> path = [];
        Dictionary<InputObjectType, int> onPath = [];
        foreach (var type in schema.Types.Values.OfType<InputObjectType>()) Visit(type);

        void Visit(InputObjectType type)
        {
            if (!finished.Add(type)) return;
            onPath[type] = path.Count;
            foreach (var field in type.Fields.Values)
            {
                if (field.Type is not NonNullType { Inner: InputObjectType inner }) continue;
                path.Add(field);
                if (!onPath.TryGetValue(inner, out var start)) Visit(inner);
                else errors.Add(
                    $"Cannot reference Input Object \"{inner}\" within itself through a series of non-null fields: "
                        + $"\"{string.Join('.', path.Skip(start).Select(f => f.Name))}\".");
                path.RemoveAt(path.Count - 1);
            }
            onPath.Remove(type);
        }
    }
}
