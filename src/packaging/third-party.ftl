proxmox-zfs-exporter is under the Apache License 2.0, whose text is in the file LICENSE beside this one. So are the
libraries that it uses:

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
* ${project.groupId}:${project.artifactId} ${project.version}, <#list entry.getValue() as licence>${licence}<#sep>, </#sep></#list><#if project.url??>, ${project.url}</#if>
</#list>

The licences of the Java runtime and of what is in it are in runtime/legal.
