using System.Reflection;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Compiles the bindings found.</summary>
internal sealed partial class SchemaBinder
{
    private static readonly FieldResolver Unserved = new()
    {
        Resolve = new((_, _, _, plan) => throw new GraphQLException(ErrorCodes.NotImplemented, $"{plan.Field} is not served by this version.")),
        Subscribe = new((_, _, plan) => throw new GraphQLException(ErrorCodes.NotImplemented, $"{plan.Field} is not served by this version.")),
    };

    private void Compile()
    {
        var check = new OutputCheck(_enums, _errors);
        var methods = new MethodBinding(new InputBinding(_enums, _errors), new RequestServices(_services), _errors);
        foreach (var type in _schema.ObjectTypes)
        {
            var isReached = _clrTypes.ContainsKey(type) || type == _schema.QueryType || type == _schema.MutationType || type == _schema.SubscriptionType;
            foreach (var field in type.Fields.Values) field.Resolver = Compile(field, isReached, check, methods);
        }
        foreach (var field in new[] { _schema.SchemaField, _schema.TypeField }) field.Resolver = Compile(field, isReached: true, check, methods);
        _schema.TypeNameField.Resolver = Unserved; // never called: __typename is written by itself
    }

    private FieldResolver Compile(FieldDefinition field, bool isReached, OutputCheck check, MethodBinding methods)
    {
        var isUnserved = _builder.Unserved.Contains(field.ToString());
        if (_methods.TryGetValue(field, out var bound))
        {
            if (isUnserved) _errors.Add($"{field} is bound to {MethodBinding.Where(bound.Method)} but also named as not implemented; take it off that list.");
            CheckMethod(field, bound.Method, check);
            return methods.Compile(field, bound.Method, bound.Target);
        }
        return isUnserved || !isReached ? Unserved : CompileProperty(field, check);
    }

    private FieldResolver CompileProperty(FieldDefinition field, OutputCheck check)
    {
        var clr = _clrTypes.GetValueOrDefault((ObjectType)field.Owner);
        if ((clr is null ? null : Property(clr, field.Name)) is not { } property)
        {
            _errors.Add(Unresolved(field, clr));
            return Unserved;
        }
        if (field.Arguments.Length > 0) _errors.Add($"{field} has arguments and needs a method; property {property.Name} cannot take them.");
        CheckProperty(field, property, check);
        return PropertyBinding.Compile(field, property, _enums);
    }

    private static string Unresolved(FieldDefinition field, Type? clr) => clr is null
        ? $"{field} has no resolver: add a method {Pascal(field.Name)} to a class with [ResolversFor(\"{field.Owner}\")], or name it as not implemented."
        : $"{field} has no resolver: {ClrShape.Name(clr)} has no property {Pascal(field.Name)} and no class with "
            + $"[ResolversFor(\"{field.Owner}\")] a method of that name.";

    private static void CheckProperty(FieldDefinition field, PropertyInfo property, OutputCheck check)
    {
        var info = property.GetCustomAttribute<NullabilityBySchemaAttribute>() is null ? Nullness.Info(property) : null;
        check.Check(field, property.PropertyType, Declared(property), info, $"{ClrShape.Name(property.ReflectedType!)}.{property.Name}");
    }

    /// <summary>The property's type with its declaring type's parameters left open.</summary>
    private static Type Declared(PropertyInfo property) => property.DeclaringType is { IsConstructedGenericType: true } constructed
        ? constructed.GetGenericTypeDefinition().GetProperty(property.Name, BindingFlags.Public | BindingFlags.Instance)?.PropertyType ?? property.PropertyType
        : property.PropertyType;

    private void CheckMethod(FieldDefinition field, MethodInfo method, OutputCheck check)
    {
        var where = MethodBinding.Where(method);
        if (method.ReturnType == typeof(void) || method.ReturnType == typeof(Task) || method.ReturnType == typeof(ValueTask))
        {
            _errors.Add($"{where} returns nothing; {field} is {field.Type}.");
            return;
        }
        var isStream = ClrShape.Implemented(method.ReturnType, typeof(IAsyncEnumerable<>)) is not null;
        if (field.Owner == _schema.SubscriptionType && !isStream) _errors.Add($"{where} must return IAsyncEnumerable<T>: {field} is a subscription.");
        if (field.Owner != _schema.SubscriptionType && isStream) _errors.Add($"{where} returns a stream, which only subscriptions may.");
        var info = method.GetCustomAttribute<NullabilityBySchemaAttribute>() is null ? Nullness.Info(method.ReturnParameter) : null;
        if (isStream || ClrShape.IsAwaitable(method.ReturnType)) info = info?.GenericTypeArguments is [var inner] ? inner : null;
        check.Check(field, Returned(method), Returned(method), info, where);
    }

    private void CheckUnserved()
    {
        var known = _schema.ObjectTypes.SelectMany(t => t.Fields.Values).Select(f => f.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _builder.Unserved.Where(n => !known.Contains(n)))
            _errors.Add($"{name} is named as not implemented but is not a field of the schema.");
    }

    private void TakeMetaFields()
    {
        var meta = new Introspection.MetaFields(_schema);
        _methods[_schema.SchemaField] = (typeof(Introspection.MetaFields).GetMethod(nameof(Introspection.MetaFields.Schema))!, meta);
        _methods[_schema.TypeField] = (typeof(Introspection.MetaFields).GetMethod(nameof(Introspection.MetaFields.Type))!, meta);
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
