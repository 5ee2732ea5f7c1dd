using System.Linq.Expressions;
using System.Reflection;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding;

/// <summary>Compiles a field that reads a property of the parent, for each .NET type the parent may be.</summary>
internal static class PropertyBinding
{
    public static FieldResolver Compile(FieldDefinition field, IReadOnlyList<PropertyInfo> properties, EnumBinding enums)
    {
        var get = CompileGet(properties);
        return new FieldResolver
        {
            Resolve = (parent, _, _, _) => get(parent!),
            WriteLeaf = field.Type.Nullable.IsLeaf ? CompileWrite(field, properties, enums) : null,
        };
    }

    private static Func<object, object?> CompileGet(IReadOnlyList<PropertyInfo> properties)
    {
        var parent = Expression.Parameter(typeof(object), "parent");
        var body = Dispatch(parent, properties, typeof(object), value => Expression.Convert(value, typeof(object)));
        return Expression.Lambda<Func<object, object?>>(body, parent).Compile();
    }

    private static Func<object, ResultWriter, bool> CompileWrite(FieldDefinition field, IReadOnlyList<PropertyInfo> properties, EnumBinding enums)
    {
        var parent = Expression.Parameter(typeof(object), "parent");
        var writer = Expression.Parameter(typeof(ResultWriter), "writer");
        var body = Dispatch(parent, properties, typeof(bool), value => WriteUnlessNull(field.Type.Nullable, value, writer, enums));
        return Expression.Lambda<Func<object, ResultWriter, bool>>(body, parent, writer).Compile();
    }

    private static BlockExpression WriteUnlessNull(GraphQLType leaf, Expression value, ParameterExpression writer, EnumBinding enums)
    {
        var local = Expression.Variable(value.Type, "value");
        var isNullable = Nullable.GetUnderlyingType(value.Type) is not null;
        if (value.Type.IsValueType && !isNullable) return Expression.Block(LeafExpressions.Write(leaf, value, writer, enums), Expression.Constant(true));
        var isNull = isNullable ? Expression.Not(Expression.Property(local, "HasValue")) : (Expression)Expression.ReferenceEqual(local, Expression.Constant(null));
        Expression present = isNullable ? Expression.Call(local, value.Type.GetMethod("GetValueOrDefault", [])!) : local;
        return Expression.Block(
            [local],
            Expression.Assign(local, value),
            Expression.Condition(isNull, Expression.Constant(false), Expression.Block(LeafExpressions.Write(leaf, present, writer, enums), Expression.Constant(true))));
    }

    private static Expression Dispatch(ParameterExpression parent, IReadOnlyList<PropertyInfo> properties, Type result, Func<Expression, Expression> use)
    {
        Expression Read(PropertyInfo property) => use(Expression.Property(Expression.Convert(parent, property.ReflectedType!), property));
        var body = Read(properties[^1]);
        for (var i = properties.Count - 2; i >= 0; i--) body = Expression.Condition(Expression.TypeIs(parent, properties[i].ReflectedType!), Read(properties[i]), body, result);
        return body;
    }
}
