using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Binds every field of a schema to a method or property, once, and reports everything that does not fit.</summary>
internal sealed partial class SchemaBinder
{
    private readonly Schema _schema;
    private readonly GraphQLBuilder _builder;
    private readonly IServiceProvider _services;
    private readonly List<string> _errors = [];
    private readonly EnumBinding _enums;
    private readonly Dictionary<ObjectType, List<Type>> _found = [];
    private readonly Dictionary<ObjectType, Type> _clrTypes = [];
    private readonly Dictionary<FieldDefinition, (MethodInfo Method, object Target)> _methods = [];

    private SchemaBinder(Schema schema, GraphQLBuilder builder, IServiceProvider services)
    {
        _schema = schema;
        _builder = builder;
        _services = services;
        _enums = new EnumBinding(_errors);
    }

    /// <summary>Builds the schema of a builder and binds it.</summary>
    /// <exception cref="GraphQLSchemaException">Something does not fit; the message lists everything.</exception>
    public static BoundSchema Bind(GraphQLBuilder builder, IServiceProvider services)
    {
        var schema = SchemaBuilder.Build(builder.Sdl);
        var binder = new SchemaBinder(schema, builder, services);
        binder.TakeResolverClasses();
        binder.TakeBoundTypes();
        binder.DiscoverTypes();
        binder.ChooseTypes();
        binder.Compile();
        binder.CheckUnserved();
        if (binder._errors.Count > 0) throw new GraphQLSchemaException([.. binder._errors.Distinct()]);
        var runtime = binder._clrTypes.GroupBy(t => t.Value).ToDictionary(g => g.Key, g => g.Select(t => t.Key).ToArray());
        return new BoundSchema(schema, binder._clrTypes, new RuntimeTypes(schema, runtime), binder._enums.Written);
    }

    private void TakeResolverClasses()
    {
        foreach (var type in _builder.ResolverClasses.Append(typeof(Introspection.SchemaResolvers)).Append(typeof(Introspection.TypeResolvers))
            .Append(typeof(Introspection.FieldResolvers)).Append(typeof(Introspection.InputValueResolvers)).Append(typeof(Introspection.DirectiveResolvers)))
        {
            if (type.GetCustomAttribute<ResolversForAttribute>() is not { } attribute) _errors.Add($"{type.Name} has no [ResolversFor(\"…\")].");
            else if (_schema.Type(attribute.TypeName) is not ObjectType owner)
                _errors.Add($"{type.Name} resolves {attribute.TypeName}, which is not an object type of the schema.");
            else TakeMethods(type, owner);
        }
        TakeMetaFields();
    }

    private void TakeMethods(Type type, ObjectType owner)
    {
        var target = ActivatorUtilities.CreateInstance(_services, type);
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => m.DeclaringType != typeof(object) && !m.IsSpecialName))
        {
            var field = owner.Fields.Values.FirstOrDefault(f => Names.Matches(f.Name, method));
            if (field is null) _errors.Add($"{MethodBinding.Where(method)} resolves no field of {owner}.");
            else if (!_methods.TryAdd(field, (method, target)))
                _errors.Add($"{field} is resolved by {MethodBinding.Where(_methods[field].Method)} and by {MethodBinding.Where(method)}.");
            foreach (var parent in method.GetParameters().Where(p => p.GetCustomAttribute<ParentAttribute>() is not null)) AddClr(owner, parent.ParameterType);
        }
    }

    private void TakeBoundTypes()
    {
        foreach (var (clr, name) in _builder.BoundTypes)
        {
            if (_schema.Type(name) is ObjectType type) AddClr(type, clr);
            else _errors.Add($"BindType<{ClrShape.Name(clr)}>(\"{name}\"): the schema has no object type of that name.");
        }
    }

    private bool AddClr(ObjectType type, Type clr)
    {
        if (clr == typeof(object)) return false;
        if (!_found.TryGetValue(type, out var known)) _found[type] = known = [];
        if (known.Contains(clr)) return false;
        known.Add(clr);
        return true;
    }

    /// <summary>Follows return types from bound fields to the types behind them, until nothing new turns up.</summary>
    private void DiscoverTypes()
    {
        var grew = true;
        while (grew)
        {
            grew = false;
            foreach (var type in _schema.ObjectTypes)
            {
                foreach (var field in type.Fields.Values.Where(f => f.Type.Named is ObjectType))
                {
                    foreach (var clr in ReturnTypes(field).ToArray())
                    {
                        if (Element(field.Type, clr) is { } element) grew |= AddClr((ObjectType)field.Type.Named, element);
                    }
                }
            }
        }
    }

    /// <summary>One .NET type stands behind each object type, which those of other values derive from: two families of records for one
    /// type read the same thing twice, and sooner or later differently.</summary>
    private void ChooseTypes()
    {
        foreach (var (type, found) in _found)
        {
            if (found.Find(general => found.TrueForAll(general.IsAssignableFrom)) is { } common) _clrTypes[type] = common;
            else _errors.Add($"{type} would stand for {Listed(found)}, of which none is the base of the others; give them one type, or bind their base.");
        }
    }

    private static string Listed(IEnumerable<Type> types) => string.Join(" and ", types.Select(ClrShape.Name));

    private IEnumerable<Type> ReturnTypes(FieldDefinition field)
    {
        if (_methods.TryGetValue(field, out var bound)) return [Returned(bound.Method)];
        var owners = _found.GetValueOrDefault((ObjectType)field.Owner) ?? [];
        return owners.Select(clr => Property(clr, field.Name)?.PropertyType).OfType<Type>();
    }

    private static Type Returned(MethodInfo method) =>
        ClrShape.Implemented(method.ReturnType, typeof(IAsyncEnumerable<>)) ?? ClrShape.Awaited(method.ReturnType);

    private static PropertyInfo? Property(Type clr, string name) =>
        clr.GetProperties(BindingFlags.Public | BindingFlags.Instance).FirstOrDefault(p => p.GetIndexParameters().Length == 0 && Names.Matches(name, p))
        ?? (clr.IsInterface ? clr.GetInterfaces().Select(i => Property(i, name)).FirstOrDefault(p => p is not null) : null);

    private static Type? Element(GraphQLType type, Type clr)
    {
        while (type.Nullable is ListType list)
        {
            if (ClrShape.Item(ClrShape.NotNullable(clr)) is not { } item) return null;
            (type, clr) = (list.Item, item);
        }
        return ClrShape.NotNullable(clr);
    }
}
