{{- define "kordon.name" -}}
{{- if contains "kordon" .Release.Name }}{{ .Release.Name | trunc 54 | trimSuffix "-" }}{{ else }}{{ printf "%s-kordon" .Release.Name | trunc 54 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "kordon.selector" -}}
app.kubernetes.io/name: kordon
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "kordon.labels" -}}
{{ include "kordon.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "kordon.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "kordon.configMap" -}}
{{ .Values.config.existingConfigMap | default (printf "%s-config" (include "kordon.name" .)) }}
{{- end }}

{{- /* What both kinds of monitor have in common: the alerts look for job="kordon". */}}
{{- define "kordon.endpoint" -}}
port: admin
path: /metrics
interval: {{ .Values.monitoring.interval }}
{{- end }}
