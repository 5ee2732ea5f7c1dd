using System.Collections.Concurrent;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>Which object type a .NET value is: its own type's, or that of the nearest base type or interface bound.</summary>
internal sealed class RuntimeTypes(Schema schema, IReadOnlyDictionary<Type, ObjectType[]> bound)
{
    private readonly ConcurrentDictionary<(Type Clr, NamedType Expected), ObjectType?> _found = new();

    public ObjectType Resolve(object value, FieldDefinition field)
    {
        var expected = field.Type.Named;
        var clr = value.GetType();
        return _found.GetOrAdd((clr, expected), static (key, self) => self.Find(key.Clr, key.Expected), this)
            ?? throw new InvalidOperationException(
                $"{field} returned a {clr.Name}, which is bound to no type of {expected.Name}. Bind it with BindType<{clr.Name}>(\"…\").");
    }

    private ObjectType? Find(Type clr, NamedType expected)
    {
        for (var type = clr; type is not null && type != typeof(object); type = type.BaseType)
        {
            if (Match(type, expected) is { } found) return found;
        }
        return clr.GetInterfaces().Select(i => Match(i, expected)).FirstOrDefault(m => m is not null);
    }

    private ObjectType? Match(Type clr, NamedType expected) =>
        bound.TryGetValue(clr, out var types) ? Array.Find(types, t => schema.IsPossible(expected, t)) : null;
}
